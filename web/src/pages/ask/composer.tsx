import { type FormEvent, useState } from "react";
import { useSay } from "../../api/use-actions.ts";
import { Icon } from "../../components/icon.tsx";

const LONGEST = 20_000;

/** Where a question or a command is typed, with questions one press away. */
export function Composer({ suggestions }: { readonly suggestions: readonly string[] }) {
	const [text, setText] = useState("");
	const say = useSay();
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const words = text.trim();
		if (!words || say.isPending) return;
		setText("");
		say.mutate(words, { onError: () => setText(words) });
	};
	return (
		<form className="composer" onSubmit={submit}>
			<div className="row">
				<label className="hidden-visually" htmlFor="composer">
					Ask, or type a command that starts with a slash
				</label>
				<input
					id="composer"
					value={text}
					onChange={(event) => setText(event.target.value)}
					placeholder="Ask anything; commands start with /"
					autoComplete="off"
					maxLength={LONGEST}
				/>
				<button type="submit" className="button primary compact" aria-label="Send" disabled={say.isPending}>
					<Icon name="up" />
				</button>
			</div>
			<div className="suggestions">
				{suggestions.map((suggestion) => (
					<button
						key={suggestion}
						type="button"
						disabled={say.isPending}
						onClick={() => say.mutate(suggestion)}
					>
						{suggestion}
					</button>
				))}
			</div>
		</form>
	);
}
