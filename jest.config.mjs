// TEST_SET picks: `fast` leaves out what needs minutes or a browser; `together` is everything that may share the
// machine; `scenarios` are whole products that want it for themselves. Unset: everything.
const scenarios = "/test/(?:scenarios|contracts)/";
const slow = [scenarios, "/test/web/", "\\.slow\\.test\\.ts$"];
const leftOut = { fast: slow, together: [scenarios] }[process.env.TEST_SET] ?? [];
const alone = process.env.TEST_SET === "scenarios";

export default {
	testEnvironment: "node",
	roots: alone ? ["<rootDir>/test/scenarios", "<rootDir>/test/contracts"] : ["<rootDir>/test"],
	testMatch: ["**/*.test.ts"],
	testPathIgnorePatterns: ["/node_modules/", ...leftOut],
	extensionsToTreatAsEsm: [".ts"],
	transform: { "^.+\\.ts$": "<rootDir>/scripts/jest-strip-types.mjs" },
	setupFiles: ["<rootDir>/test/support/fast-check-seed.ts"],
	// Most tests wait for real servers, so more workers than cores pay.
	maxWorkers: alone ? 1 : 4,
	// A browser on a machine whose two cores are taken needs more than its usual second.
	testTimeout: 40_000,
};
