import { batchCommits } from "../../src/use-cases/batch-commits.ts";

/** A commit that ends when told to. */
function slowCommit() {
	const batches: number[][] = [];
	const ends: (() => void)[] = [];
	const commit = async (items: readonly number[]) => {
		batches.push([...items]);
		await new Promise<void>((end) => ends.push(end));
		return items.map((item) => item * 10);
	};
	const endNext = async () => {
		ends.shift()?.();
		await new Promise(setImmediate);
	};
	return { batches, commit, endNext };
}

const limits = {
	mostWaiting: 100,
	mostInBatch: 3,
	longestWaitMs: 1000,
	nowMs: () => 0,
	tooLate: () => new Error("too late"),
};

test("what arrives during a commit shares the next one, and each gets its own result", async () => {
	const { batches, commit, endNext } = slowCommit();
	const commits = batchCommits(commit, limits);
	const results = Promise.all([1, 2, 3, 4, 5, 6].map((item) => commits.add(item)));
	expect(commits.waiting()).toBe(6);
	for (let count = 0; count < 3; count += 1) await endNext();
	expect(await results).toEqual([10, 20, 30, 40, 50, 60]);
	expect(batches).toEqual([[1], [2, 3, 4], [5, 6]]);
	expect(commits.waiting()).toBe(0);
});

test("a failed commit fails its batch and no other", async () => {
	let calls = 0;
	const commits = batchCommits<number, number>(async (items) => {
		calls += 1;
		if (calls === 1) throw new Error("the disk is full");
		return items;
	}, limits);
	const [first, second] = await Promise.allSettled([commits.add(1), commits.add(2)]);
	expect(first).toMatchObject({ status: "rejected", reason: { message: "the disk is full" } });
	expect(second).toEqual({ status: "fulfilled", value: 2 });
});

test("what waited too long for its turn is told so and not committed; what came after it is", async () => {
	let nowMs = 0;
	const { batches, commit, endNext } = slowCommit();
	const commits = batchCommits(commit, { ...limits, nowMs: () => nowMs });
	const first = commits.add(1);
	const late = commits.add(2);
	nowMs = 1001;
	const fresh = commits.add(3);
	const [told] = await Promise.all([late.catch((error: unknown) => error), endNext()]);
	expect(told).toEqual(new Error("too late"));
	await endNext();
	expect(await first).toBe(10);
	expect(await fresh).toBe(30);
	expect(batches).toEqual([[1], [3]]);
});

test("draining waits for what is not committed yet", async () => {
	const { commit, endNext } = slowCommit();
	const commits = batchCommits(commit, limits);
	const added = commits.add(1);
	let drained = false;
	const drain = (async () => {
		await commits.drain();
		drained = true;
	})();
	await new Promise(setImmediate);
	expect(drained).toBe(false);
	await endNext();
	await drain;
	expect(await added).toBe(10);
});
