import { createStore } from "./store.ts";

export type Announcement = { readonly tone: "polite" | "assertive"; readonly text: string };

const QUIET_MS = 5000;

/** What the live regions say now. */
export const announcement = createStore<Announcement>({ tone: "polite", text: "" });

let quietUntilMs = 0;
let waiting: Announcement | undefined;

/** Says something to screen readers: at most one announcement in five seconds, the newest wins. */
export function announce(text: string, tone: Announcement["tone"] = "polite"): void {
	const wait = quietUntilMs - Date.now();
	if (wait <= 0) {
		say({ tone, text });
		return;
	}
	if (!waiting) window.setTimeout(() => waiting && say(waiting), wait);
	waiting = { tone, text };
}

function say(next: Announcement): void {
	waiting = undefined;
	quietUntilMs = Date.now() + QUIET_MS;
	announcement.set(next);
}
