import { Registry } from "prom-client";
import { trafficMetrics } from "../../src/compose/traffic-metrics.ts";
import type { WaitingMessages } from "../../src/ports/chat-stores.ts";

const linesOf = (text: string) =>
	text.split("\n").filter((line) => line.startsWith("smartcloudops_messages_"));
function watch(waiting: () => Promise<readonly WaitingMessages[]>) {
	const registry = new Registry();
	trafficMetrics(registry).watchMessages({ waiting }, ["slack", "teams"]);
	return async () => linesOf(await registry.metrics());
}

it("every connected platform has a series, and those of others have none", async () => {
	const scrape = watch(async () => [
		{ platform: "gone", waiting: 9, oldestWaitSeconds: 9 },
		{ platform: "slack", waiting: 3, oldestWaitSeconds: 61.5 },
	]);
	expect(await scrape()).toEqual([
		'smartcloudops_messages_waiting{platform="slack"} 3',
		'smartcloudops_messages_waiting{platform="teams"} 0',
		'smartcloudops_messages_oldest_wait_seconds{platform="slack"} 61.5',
		'smartcloudops_messages_oldest_wait_seconds{platform="teams"} 0',
	]);
});

it("a scrape reads the store once, and each scrape anew", async () => {
	let reads = 0;
	const scrape = watch(async () => {
		reads += 1;
		return [{ platform: "slack", waiting: reads, oldestWaitSeconds: 0 }];
	});
	await scrape();
	expect((await scrape())[0]).toBe('smartcloudops_messages_waiting{platform="slack"} 2');
	expect(reads).toBe(2);
});

it("a store that fails leaves them out, and they are back when it is", async () => {
	let away = false;
	const scrape = watch(async () => {
		if (away) throw new Error("The store does not answer.");
		return [];
	});
	expect(await scrape()).toHaveLength(4);
	away = true;
	expect(await scrape()).toEqual([]);
	away = false;
	expect(await scrape()).toHaveLength(4);
});

it("a store that hangs does not hang the scrape", async () => {
	const scrape = watch(() => new Promise(() => undefined));
	expect(await scrape()).toEqual([]);
});
