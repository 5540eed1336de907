import { type AuditAnchor, compactAnchors } from "../../src/domain/audit-anchor.ts";

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 20, 12);

function lineAt(sequence: number, atMs: number, key = "own"): AuditAnchor {
	return { sequence, hash: `${sequence}`, atMs, key, signature: "s" };
}

const sequences = (lines: readonly AuditAnchor[]) => lines.map(({ sequence }) => sequence);

test("the first line stays, and of each day the newest", () => {
	const lines = [0, 1, 2].flatMap((day) =>
		[1, 2, 3].map((count) => lineAt(day * 100 + count, NOW_MS - (60 - day) * DAY_MS + count)),
	);
	const recent = Array.from({ length: 30 }, (_, count) => lineAt(1000 + count, NOW_MS + count));
	expect(sequences(compactAnchors([...lines, ...recent], NOW_MS))).toEqual([
		1,
		3,
		103,
		203,
		...Array.from({ length: 20 }, (_, count) => 1010 + count),
	]);
});

test("of what is older than 400 days the newest of each month stays", () => {
	const old = Array.from({ length: 60 }, (_, day) => lineAt(day, Date.UTC(2024, 0, 1 + day)));
	const recent = Array.from({ length: 20 }, (_, count) => lineAt(1000 + count, NOW_MS));
	expect(sequences(compactAnchors([...old, ...recent], NOW_MS)).slice(0, 3)).toEqual([0, 30, 59]);
});

test("a key that signed once stays known", () => {
	const lines = [lineAt(1, NOW_MS), lineAt(2, NOW_MS, "former")];
	const later = Array.from({ length: 40 }, (_, count) => lineAt(3 + count, NOW_MS));
	expect(compactAnchors([...lines, ...later], NOW_MS).map(({ key }) => key)).toContain("former");
});

test("ten years of a line an hour come down to under 700 lines", () => {
	const lines = Array.from({ length: 3650 * 24 }, (_, hour) => lineAt(hour, NOW_MS - hour * 3_600_000));
	expect(compactAnchors(lines.toReversed(), NOW_MS).length).toBeLessThan(700);
});
