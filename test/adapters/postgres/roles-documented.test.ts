import { readFileSync } from "node:fs";
import { matrixLines } from "./matrix-lines.ts";

test("docs/security.md has the matrix of grants as it is", () => {
	const shown = readFileSync("docs/security.md", "utf8").split("\n");
	const from = shown.indexOf(matrixLines()[0] ?? "");
	expect(shown.slice(from, from + matrixLines().length)).toEqual(matrixLines());
});
