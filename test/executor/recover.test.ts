import { recover } from "../../src/executor/recover.ts";
import { alteredStore } from "../fakes/altered-store.ts";
import { type ExecutorWorld, executorWorld } from "./executor-world.ts";

let world: ExecutorWorld;
beforeAll(async () => {
	world = await executorWorld(["r1", "r2", "r3", "r4"]);
});
afterAll(() => world.test.close());

describe("recovery", () => {
	it("queues what is approved, running or being verified, and nothing else", async () => {
		const [proposed, approved, executing, verifying] = await Promise.all(
			["r1", "r2", "r3", "r4"].map((name) => world.propose(name)),
		);
		if (!proposed || !approved || !executing || !verifying) throw new Error("four requests were made");
		const { approvals } = world.test.store;
		for (const item of [approved, executing, verifying])
			await approvals.move(item.id, "proposed", "approved");
		for (const item of [executing, verifying]) await approvals.move(item.id, "approved", "executing");
		await approvals.move(verifying.id, "executing", "verifying");
		const queued: string[] = [];
		const nudged: string[] = [];
		const store = alteredStore(world.test.store, () => ({
			enqueue: async (job, payload, options) => {
				queued.push(`${job} ${JSON.stringify(payload)} ${options?.singleton}`);
			},
		}));
		await recover(world.deps({ store, jobs: { nudge: (job) => void nudged.push(job) } }));
		const job = (name: string, id: string) => `${name} {"approvalId":"${id}"} ${id}`;
		expect(queued.toSorted()).toEqual(
			[
				job("execute-approval", approved.id),
				job("execute-approval", executing.id),
				job("verify-execution", verifying.id),
			].toSorted(),
		);
		expect(new Set(nudged)).toEqual(new Set(["execute-approval", "verify-execution"]));
	});

	it("goes through every page of them", async () => {
		const ids = new Set<string>();
		const pages = ["first", "second", undefined];
		const store = alteredStore(world.test.store, (stores) => ({
			approvals: {
				...stores.approvals,
				list: async (filter, { cursor }) => {
					const { items } = await stores.approvals.list({ ...filter, status: ["approved"] }, { limit: 1 });
					const at = cursor === undefined ? 0 : pages.indexOf(cursor) + 1;
					const next = pages[at];
					return { items: items.map((item) => ({ ...item, id: `A-${at}` })), ...(next ? { next } : {}) };
				},
			},
			enqueue: async (_job, payload) => {
				ids.add(JSON.stringify(payload));
			},
		}));
		await recover(world.deps({ store }));
		expect(ids.size).toBe(3);
	});

	it("of what was approved waits for no proposal that can't be read", async () => {
		const { approvals } = world.test.store;
		const waiting = await approvals.list({ status: ["proposed"] }, { limit: 1 });
		const bad = waiting.items[0];
		if (!bad) throw new Error("nothing is proposed");
		await world.test.query("update smartcloudops.approvals set plan = '{}' where number = $1", [
			Number(bad.id.slice(2)),
		]);
		const queued: string[] = [];
		const store = alteredStore(world.test.store, () => ({
			enqueue: async (job) => {
				queued.push(job);
			},
		}));
		await recover(world.deps({ store }));
		await expect(approvals.get(bad.id)).rejects.toMatchObject({ code: "internal" });
		expect(queued).toContain("execute-approval");
	});
});
