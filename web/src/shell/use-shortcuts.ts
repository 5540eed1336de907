import { type RefObject, useEffect } from "react";
import { useLocation } from "wouter";
import { pressDecision } from "../lib/decision-keys.ts";
import { toggleTheme, useShortcutsOn } from "../lib/preferences.ts";
import { PAGES } from "./pages.ts";
import { JUMP_FIELD_ID } from "./top-bar.tsx";

const SEQUENCE_MS = 1500;
const COMPOSER_ID = "composer";

/** The single-key shortcuts: dead inside fields and dialogs, and where they are switched off. */
export function useShortcuts(dialog: RefObject<HTMLDialogElement | null>): void {
	const [, navigate] = useLocation();
	const on = useShortcutsOn();
	useEffect(() => {
		let goUntilMs = 0;
		const onKey = (event: KeyboardEvent) => {
			if (event.key === "Escape" && isField(event.target)) event.target.blur();
			if (!on || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
			if (isField(event.target) || dialog.current?.open) return;
			if (event.timeStamp < goUntilMs) {
				goUntilMs = 0;
				const page = PAGES.find(({ key }) => key === event.key);
				if (page) navigate(page.path);
				return;
			}
			if (event.key === "g") {
				goUntilMs = event.timeStamp + SEQUENCE_MS;
				return;
			}
			const act = ACTIONS[event.key];
			if (event.key === "?") dialog.current?.showModal();
			else if (act) act();
			else return;
			event.preventDefault();
		};
		window.addEventListener("keydown", onKey);
		return () => window.removeEventListener("keydown", onKey);
	}, [on, navigate, dialog]);
}

const ACTIONS: Readonly<Record<string, () => void>> = {
	"/": () => (fieldBy(COMPOSER_ID) ?? fieldBy(JUMP_FIELD_ID))?.focus(),
	t: toggleTheme,
	j: () => moveRow(1),
	k: () => moveRow(-1),
	a: () => pressDecision("approve", document.activeElement),
	A: () => pressDecision("approve", document.activeElement),
	d: () => pressDecision("deny", document.activeElement),
	D: () => pressDecision("deny", document.activeElement),
};

function fieldBy(id: string): HTMLElement | null {
	return document.getElementById(id);
}

function isField(target: EventTarget | null): target is HTMLElement {
	return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

/** Moves the focus to the next or previous entry of the page's list; Enter then opens it, as it is a link. */
function moveRow(by: 1 | -1): void {
	const rows = [...document.querySelectorAll<HTMLElement>("main [data-row]")];
	const at = rows.findIndex((row) => row.contains(document.activeElement));
	const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
	next?.focus();
}
