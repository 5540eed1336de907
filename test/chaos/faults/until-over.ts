import { setTimeout as pause } from "node:timers/promises";

/** Trouble that is there from the beginning to the end of all lives. */
export async function untilOver(livesAreOver: () => boolean): Promise<void> {
	while (!livesAreOver()) await pause(100);
}
