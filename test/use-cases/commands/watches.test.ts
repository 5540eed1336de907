import { watches } from "../../../src/use-cases/commands/watches.ts";
import { createWatchBoard } from "../../../src/use-cases/watch-board.ts";
import { exampleWatch } from "../../fakes/example-watch.ts";

const names = Array.from({ length: 23 }, (_, index) => `w${String(index).padStart(2, "0")}`);
const all = names.map((name) => exampleWatch({ name }));

async function listed(line: string) {
	const [form] = watches.forms;
	const match = form?.pattern.exec(line);
	if (!form || !match) throw new Error(`${line} is not the list`);
	const items = all.map((watch) => ({ watch, source: "configuration" as const }));
	const watchList = { read: async () => ({ items, removed: [], unreadable: [] }) };
	const call = { match } as unknown as Parameters<typeof form.run>[1];
	return form.run({ board: createWatchBoard(all), watchList: watchList as never }, call);
}

describe("the list of watches", () => {
	it("shows every watch once over its pages, and says how to come to the next", async () => {
		const pages = await Promise.all(["watch", "watch page 2", "watches page 3"].map(listed));
		const rows = pages.flatMap(({ table }) => table?.rows.map(([name]) => name) ?? []);
		expect(rows).toEqual(names);
		expect(pages.map(({ footer }) => footer[0])).toEqual([
			"Page 1 of 3. The next: watch page 2",
			"Page 2 of 3. The next: watch page 3",
			"Page 3 of 3. The first: watch page 1",
		]);
	});

	it("has no page beyond the last", async () => {
		await expect(listed("watch page 4")).rejects.toThrow("There is no page 4: the watches fill 3.");
		await expect(listed("watch page 0")).rejects.toThrow("There is no page 0");
	});
});
