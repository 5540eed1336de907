import { describeWith } from "../support/require-program.ts";
import { useVisits } from "./support/visit.ts";
import { calmWatches } from "./support/watches.ts";
import { busyWorld } from "./support/world.ts";

describeWith("chromium", "the sensitivity of a watch on its page", () => {
	const visit = useVisits();

	test("is said to change nothing, and why, where minimum_change makes its band", async () => {
		const [watch] = calmWatches(Date.now());
		const path = `/watches/${encodeURIComponent(watch?.name ?? "")}`;
		const { page, complaints } = await visit(busyWorld(Date.now()), path, { theme: "dark" });
		const knob = page.getByRole("region", { name: "Sensitivity" });
		await knob
			.getByText(
				"Turning it would change nothing: its band is as wide as minimum_change, 150\u00a0MB to each side.",
			)
			.waitFor();
		expect(complaints).toEqual([]);
	});
});
