import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Delivery } from "../../../src/domain/delivery.ts";
import type { StoredInboxEntry } from "../../../src/domain/inbox-entry.ts";
import { openTestStore } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";

const holdSeconds = 2;

test("what a killed process held is another's when its hold ends, and not before", async () => {
	const { store, connection } = await openTestStore();
	const order = { subject: "incident:INC-1", conversation: { platform: "slack", id: "C1" }, channel: "C1" };
	await store.deliveries.want([order]);
	const program = fileURLToPath(new URL("hold-claims.ts", import.meta.url));
	const holder = spawn(process.execPath, [program, JSON.stringify(connection), String(holdSeconds)], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const [said] = (await once(holder.stdout, "data")) as [Buffer];
	const saidAtMs = await store.now();
	holder.kill("SIGKILL");
	await once(holder, "exit");
	expect(said.toString()).toBe("1 1\n");
	const entries: StoredInboxEntry[] = [];
	const deliveries: Delivery[] = [];
	await until(async () => {
		entries.push(...(await store.inbox.claim("alive", 10, 60)));
		deliveries.push(...(await store.deliveries.claim("alive", 10, 60, {})));
		return entries.length > 0 && deliveries.length > 0;
	});
	// The hold began at most the way of the word to us before.
	expect(await store.now()).toBeGreaterThan(saidAtMs + (holdSeconds * 1000) / 2);
	expect(entries).toMatchObject([{ id: "1", payload: { n: 1 }, attempts: 2 }]);
	expect(deliveries).toEqual([{ ...order, wanted: 1, attempts: 2 }]);
});
