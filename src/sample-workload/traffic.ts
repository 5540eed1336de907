import { Agent, request } from "node:http";

const usualPerSecond = 20;
const waveShare = 0.06;
const waveSeconds = 180;
const jitterShare = 0.3;
const inFlightAtMost = 100;

/**
 * Sends checkouts to this service for as long as it lives: 20 a second, within a slow wave of 6 % and a jitter of
 * each gap that does not add up. Time that was lost (a stopped process) is not made up for.
 */
export function startTraffic(port: number, random: () => number): void {
	const agent = new Agent({ keepAlive: true, maxSockets: inFlightAtMost });
	const startedMs = performance.now();
	let dueMs = startedMs;
	let inFlight = 0;

	const send = () => {
		if (inFlight >= inFlightAtMost) return;
		inFlight += 1;
		const call = request({ agent, host: "127.0.0.1", port, path: "/checkout", method: "POST" }, (response) =>
			response.resume(),
		);
		call.on("error", () => undefined);
		call.on("close", () => {
			inFlight -= 1;
		});
		call.end();
	};
	const tick = () => {
		send();
		const nowMs = performance.now();
		const wave = Math.sin((2 * Math.PI * (nowMs - startedMs)) / (waveSeconds * 1000));
		const gapMs = 1000 / (usualPerSecond * (1 + waveShare * wave));
		dueMs = Math.max(dueMs + gapMs, nowMs - gapMs);
		setTimeout(tick, Math.max(0, dueMs - nowMs + gapMs * jitterShare * (random() - 0.5)));
	};
	tick();
}
