import { setTimeout as sleep } from "node:timers/promises";
import { portAnswers } from "./loopback-port.ts";
import { isAlive, type ProcessIdentity } from "./process-table.ts";

const longestMs = 10_000;

/** Waits until the process accepts connections at a URL's address; false when it ends before, or after 10 s. */
export async function waitUntilAnswers(identity: ProcessIdentity, url: string): Promise<boolean> {
	const { hostname, port, protocol } = new URL(url);
	const number = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
	const deadline = performance.now() + longestMs;
	while (await isAlive(identity)) {
		if (await portAnswers(hostname.replaceAll(/[[\]]/g, ""), number)) return true;
		if (performance.now() > deadline) return false;
		await sleep(20);
	}
	return false;
}
