import type { ExecutorDeps } from "../../src/executor/executor-deps.ts";
import { withLease } from "../../src/executor/with-lease.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { openTestStore, type TestStore } from "../support/postgres.ts";

let test_: TestStore;
beforeAll(async () => {
	test_ = await openTestStore();
});
afterAll(() => test_.close());

/** What a lease needs of a process. */
const process_ = (owner: string) =>
	({ owner, store: test_.store, logger: recordingLogger() }) as unknown as ExecutorDeps;
const token = (name: string, owner: string) => test_.store.leases.acquire(name, owner, 1);

describe("work under a lease", () => {
	it("is done by one process at a time", async () => {
		const done: string[] = [];
		let finish: () => void = () => undefined;
		const first = withLease(process_("a"), "one", () => {
			done.push("a");
			return new Promise((resolve) => {
				finish = resolve;
			});
		});
		while (done.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		await withLease(process_("b"), "one", async () => void done.push("b"));
		await withLease(process_("a"), "one", async () => void done.push("a again"));
		expect(done).toEqual(["a"]);
		finish();
		await first;
		await withLease(process_("b"), "one", async () => void done.push("b"));
		expect(done).toEqual(["a", "b"]);
	});

	it("that fails gives the lease back and passes the error on", async () => {
		const failing = withLease(process_("a"), "two", () => Promise.reject(new Error("no")));
		await expect(failing).rejects.toThrow("no");
		expect(await token("two", "b")).toBeDefined();
	});

	it("leaves the lease of another alone", async () => {
		expect(await token("three", "b")).toBeDefined();
		await withLease(process_("a"), "three", () => Promise.reject(new Error("it must not run")));
		expect(await token("three", "c")).toBeUndefined();
	});
});
