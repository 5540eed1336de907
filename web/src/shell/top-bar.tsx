import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { useSay } from "../api/use-actions.ts";
import { Icon } from "../components/icon.tsx";
import { Logo } from "../components/logo.tsx";
import { formatClock, formatDayAndClock, zoneName } from "../lib/format-time.ts";
import { jumpTarget } from "../lib/jump-target.ts";
import { toggleTheme, useTheme } from "../lib/preferences.ts";
import { useClock } from "../lib/use-clock.ts";
import type { PageName } from "./pages.ts";

export const JUMP_FIELD_ID = "jump";

/** Ask or jump, where this is, and the time with its zone. */
export function TopBar({ environment }: { readonly environment: string }) {
	const nowMs = useClock(60_000);
	return (
		<header className="top">
			<JumpField />
			<span className="spacer" />
			<span>{environment === "local" ? "this machine" : environment}</span>
			<span>{formatDayAndClock(nowMs)}</span>
		</header>
	);
}

function JumpField() {
	const [text, setText] = useState("");
	const [, navigate] = useLocation();
	const say = useSay();
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const wanted = text.trim();
		if (!wanted) return;
		setText("");
		const target = jumpTarget(wanted);
		if (!target) say.mutate(wanted);
		navigate(target ?? "/ask");
	};
	return (
		<form className="jump" onSubmit={submit}>
			<Icon name="search" />
			<label className="hidden-visually" htmlFor={JUMP_FIELD_ID}>
				Ask, or jump to an incident, an approval or a page
			</label>
			<input
				id={JUMP_FIELD_ID}
				value={text}
				onChange={(event) => setText(event.target.value)}
				placeholder="Ask, or jump to…"
				autoComplete="off"
			/>
			<kbd>/</kbd>
		</form>
	);
}

/** The head of a phone: where you are, and the time. */
export function PhoneHead({ page }: { readonly page: PageName | undefined }) {
	const nowMs = useClock(60_000);
	const theme = useTheme();
	return (
		<header className="phone-head">
			<Logo />
			<b>{page ?? "SmartCloudOps"}</b>
			<span className="spacer" />
			<button
				type="button"
				className="text-button theme-button"
				onClick={toggleTheme}
				aria-label={theme === "dark" ? "Light theme" : "Dark theme"}
			>
				<Icon name="shadow" />
			</button>
			<span>
				{formatClock(nowMs)} {zoneName(nowMs)}
			</span>
		</header>
	);
}
