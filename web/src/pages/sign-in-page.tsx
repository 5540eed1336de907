import { type FormEvent, useEffect, useRef, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { useSignIn } from "../api/use-actions.ts";
import { Logo } from "../components/logo.tsx";
import { codeFrom } from "../lib/code-from.ts";
import { safePath } from "../lib/safe-path.ts";

/** Exchanges the one-time code of the link printed at start for a session. */
export function SignInPage() {
	const query = new URLSearchParams(useSearch());
	const [, navigate] = useLocation();
	const signIn = useSignIn();
	const [text, setText] = useState("");
	const codeInLink = query.get("code") ?? "";
	const next = safePath(query.get("next"));

	const enter = (code: string) => signIn.mutate(code, { onSuccess: () => navigate(next, { replace: true }) });
	useOnce(codeInLink !== "", () => enter(codeInLink));

	const submit = (event: FormEvent) => {
		event.preventDefault();
		const code = codeFrom(text);
		if (code) enter(code);
	};
	useEffect(() => {
		document.title = "Sign in · SmartCloudOps AI";
	}, []);
	return (
		<main className="alone">
			<div className="sign-in">
				<Logo className="large-logo" />
				<div>
					<h1>Sign in</h1>
					<p className="lead">Open the link printed at start, or paste the admin key.</p>
				</div>
				<form className="card pad stack close" onSubmit={submit}>
					<div className="stack closest">
						<label className="small strong" htmlFor="code">
							Admin key, or the code of the link
						</label>
						<input
							id="code"
							className="input code"
							value={text}
							onChange={(event) => setText(event.target.value)}
							type="password"
							autoComplete="current-password"
							spellCheck={false}
							aria-describedby="code-help"
						/>
						<p className="small secondary" id="code-help">
							The key is in the file <code>admin-key</code> of the data folder. For a new link, start the
							product again or run <code>npm run sign-in</code>.
						</p>
					</div>
					<button type="submit" className="button primary tall" disabled={signIn.isPending}>
						{signIn.isPending ? "Signing in…" : "Sign in"}
					</button>
					<div role="alert" className="said-later">
						{signIn.error && <p className="small critical">{signIn.error.message}</p>}
					</div>
				</form>
				<p className="small meta">Every sign-in is in the audit.</p>
			</div>
		</main>
	);
}

/** Runs once, as soon as `when` holds: a code that works once must not be sent twice. */
function useOnce(when: boolean, run: () => void): void {
	const done = useRef(false);
	useEffect(() => {
		if (!when || done.current) return;
		done.current = true;
		run();
	});
}
