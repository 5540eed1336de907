import { onEachPlatform } from "../../src/use-cases/on-each-platform.ts";
import { recordingPlatform } from "../fakes/recording-platform.ts";

describe("what is done on each platform", () => {
	it("is tried on all, and the first error is thrown at the end", async () => {
		const platforms = ["a", "b", "c"].map((name) => recordingPlatform(name));
		const done: string[] = [];
		const work = onEachPlatform(platforms, async ({ name }) => {
			done.push(name);
			if (name !== "c") throw new Error(`${name} failed`);
		});
		await expect(work).rejects.toThrow("a failed");
		expect(done).toEqual(["a", "b", "c"]);
	});

	it("leaves out those without a place for it", async () => {
		const quiet = { ...recordingPlatform("a"), defaultConversation: () => undefined };
		const done: string[] = [];
		await onEachPlatform([quiet, recordingPlatform("b")], async (_platform, { id }) => void done.push(id));
		expect(done).toEqual(["general"]);
	});
});
