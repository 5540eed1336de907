import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServiceConfig } from "./config-file.ts";
import type { Faults } from "./faults.ts";
import { drawNormal } from "./random.ts";
import type { AnswerCode } from "./workload-metrics.ts";

const usualMs = 20;
const spread = 0.3;
const addedLatencyMs = 400;
const paymentTimeoutMs = 250;
/** One request in 500 fails even in health: evenly spaced, so that the error rate's baseline is steady. */
const failsEvery = 500;

/**
 * Answers one checkout with its status code. Work takes about 20 ms (log-normal). Two of five orders are paid by
 * card and need the payment backend. With the fault `errors` three of ten fail, evenly spaced.
 */
export function createCheckout(
	faults: Faults,
	config: () => ServiceConfig,
	random: () => number,
): () => Promise<AnswerCode> {
	let count = 0;
	return async () => {
		count += 1;
		const order = count;
		const added = faults.isActive("latency") ? addedLatencyMs : 0;
		await sleep(usualMs * Math.exp(spread * drawNormal(random)) + added);
		if (order % failsEvery === 0) return "500";
		if (faults.isActive("errors") && (order * 3) % 10 < 3) return "500";
		if (order % 5 === 1 || order % 5 === 3) return (await pay(config().paymentBackend)) ? "200" : "502";
		return "200";
	};
}

/** True when the payment backend accepted. */
async function pay(backend: string): Promise<boolean> {
	if (backend === "internal") return true;
	return new Promise((resolve) => {
		try {
			const call = request(backend, { method: "POST", timeout: paymentTimeoutMs }, (response) => {
				response.resume();
				resolve(response.statusCode === 200);
			});
			call.on("timeout", () => call.destroy());
			call.on("error", () => resolve(false));
			call.end();
		} catch {
			resolve(false);
		}
	});
}
