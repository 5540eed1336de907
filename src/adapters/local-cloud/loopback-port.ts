import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/**
 * A free port of 127.0.0.1: `wanted` if it is free within a second, else one below those that the system gives to outgoing
 * connections, so that none of these can take it while its service is being restarted.
 */
export async function choosePort(wanted: number | undefined): Promise<number> {
	if (wanted !== undefined && (await isSoonFree(wanted))) return wanted;
	const belowPort = await firstEphemeralPort();
	for (let tries = 0; tries < triesAtMost; tries += 1) {
		const candidate = randomInt(lowestPort, belowPort);
		if (await canListen(candidate)) return candidate;
	}
	throw new Error(`no free port on 127.0.0.1 between ${lowestPort} and ${belowPort - 1}`);
}

/** True when something accepts connections there. */
export async function portAnswers(host: string, port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ host, port, timeout: 1_000 });
		const end = (answers: boolean) => {
			socket.destroy();
			resolve(answers);
		};
		socket.once("connect", () => end(true));
		socket.once("error", () => end(false));
		socket.once("timeout", () => end(false));
	});
}

const triesAtMost = 100;
const lowestPort = 10_000;
const usualFirstEphemeralPort = 32_768;

async function firstEphemeralPort(): Promise<number> {
	const range = await readFile("/proc/sys/net/ipv4/ip_local_port_range", "utf8").catch(() => "");
	const first = Number.parseInt(range, 10);
	return first > lowestPort + triesAtMost ? first : usualFirstEphemeralPort;
}

/** Whoever had it may still be letting it go. */
async function isSoonFree(port: number): Promise<boolean> {
	for (let looks = 0; looks < 10; looks += 1) {
		if (await canListen(port)) return true;
		await delay(100);
	}
	return false;
}

async function canListen(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once("error", () => resolve(false));
		server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
	});
}
