import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

test("the console's types are those of the HTTP interface", () => {
	const script = fileURLToPath(new URL("../../scripts/generate-api-types.mjs", import.meta.url));
	const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
	expect(stderr).toBe("");
	expect(status).toBe(0);
});
