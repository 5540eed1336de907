import { createKeptReading } from "../../src/use-cases/kept-reading.ts";

function world() {
	let nowMs = 0;
	let count = 0;
	let failing = false;
	const kept = createKeptReading({ now: () => nowMs }, 5000, async () => {
		count += 1;
		const mine = count;
		const fails = failing;
		await Promise.resolve();
		if (fails) throw new Error(`reading ${mine}`);
		return mine;
	});
	return {
		...kept,
		at: (ms: number) => {
			nowMs = ms;
		},
		fail: (now: boolean) => {
			failing = now;
		},
	};
}

test("what was read serves everybody for so long, those who ask meanwhile too", async () => {
	const { read, at } = world();
	expect(await Promise.all([read(), read()])).toEqual([1, 1]);
	at(4999);
	expect(await read()).toBe(1);
	at(5000);
	expect(await read()).toBe(2);
});

test("what is forgotten is read anew, also while it is being read", async () => {
	const { read, forget } = world();
	const first = read();
	forget();
	expect(await Promise.all([first, read(), read()])).toEqual([1, 2, 2]);
});

test("a failure reaches those who asked and is not kept, nor does it cost a newer reading", async () => {
	const { read, forget, fail } = world();
	fail(true);
	await expect(read()).rejects.toThrow("reading 1");
	const lost = read();
	forget();
	fail(false);
	const newer = read();
	await expect(lost).rejects.toThrow("reading 2");
	expect(await newer).toBe(3);
	expect(await read()).toBe(3);
});
