import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Delivery } from "../../../src/domain/delivery.ts";
import type { StoredInboxEntry } from "../../../src/domain/inbox-entry.ts";
import { openTestStore } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";

const holdSeconds = 2;

test("what a killed process held is another's when its hold ends, and not before", async () => {
	const { store, connection, query } = await openTestStore();
	const order = { subject: "incident:INC-1", conversation: { platform: "slack", id: "C1" }, channel: "C1" };
	await store.deliveries.want([order]);
	const program = fileURLToPath(new URL("hold-claims.ts", import.meta.url));
	const holder = spawn(process.execPath, [program, JSON.stringify(connection), String(holdSeconds)], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const [said] = (await once(holder.stdout, "data")) as [Buffer];
	holder.kill("SIGKILL");
	await once(holder, "exit");
	expect(said.toString()).toBe("1 1\n");
	const [hold] = await query(`
		select (extract(epoch from greatest(entry.held_until, delivery.held_until)) * 1000)::float8 as until_ms
		from smartcloudops.inbox as entry, smartcloudops.deliveries as delivery`);
	const entries: StoredInboxEntry[] = [];
	const deliveries: Delivery[] = [];
	await until(async () => {
		entries.push(...(await store.inbox.claim("alive", 10, 60)));
		deliveries.push(...(await store.deliveries.claim("alive", 10, 60, {})));
		return entries.length > 0 && deliveries.length > 0;
	});
	expect(await store.now()).toBeGreaterThanOrEqual(Math.floor(Number(hold?.until_ms)));
	expect(entries).toMatchObject([{ id: "1", payload: { n: 1 }, attempts: 2 }]);
	expect(deliveries).toEqual([{ ...order, wanted: 1, attempts: 2 }]);
});
