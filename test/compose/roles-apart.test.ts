import type { DatabaseUser } from "../../src/adapters/postgres/roles/read-database-user.ts";
import { judgeDatabaseUser } from "../../src/compose/check-database-user.ts";
import { servicesHere, unknownHere, unneededSecrets } from "../../src/compose/roles-apart.ts";
import { FileConfig } from "../../src/config/file-config.ts";

const file = FileConfig.parse({ supervised: [{ name: "web", command: "sleep" }] });

describe("what a process runs on its machine", () => {
	it("is the executor's: supervised commands, and the sample service beside embedded metrics", () => {
		expect(servicesHere(file, ["executor"], true)).toEqual(file);
		expect(servicesHere(file, ["executor"], false)).toMatchObject({
			sample_workload: false,
			supervised: [{}],
		});
		expect(servicesHere(file, ["ingress", "agent"], true)).toMatchObject({
			sample_workload: false,
			supervised: [],
		});
	});

	it("is said where another process has it", () => {
		expect(unknownHere(file, ["ingress", "agent", "executor"])).toEqual([]);
		expect(unknownHere(file, ["agent"])).toEqual([expect.stringContaining("role executor")]);
		expect(unknownHere(FileConfig.parse({}), ["ingress"])).toEqual([expect.stringContaining("role agent")]);
	});

	it("names secrets that it has no use for", () => {
		expect(unneededSecrets([])).toBeUndefined();
		expect(unneededSecrets(["SLACK_BOT_TOKEN"])).toBe(
			"SLACK_BOT_TOKEN is set but not needed by the roles of this process, and is not used; take it out of its environment.",
		);
	});
});

describe("what the doctor says of the database's user", () => {
	const role = (name: "ingress" | "agent" | "executor", isHeld: boolean) => ({
		role: name,
		name: `x_${name}`,
		isHeld,
		grants: "",
	});
	const user = (...held: readonly string[]): DatabaseUser => ({
		name: "x",
		isOwner: false,
		owner: "o",
		roles: (["ingress", "agent", "executor"] as const).map((name) => role(name, held.includes(name))),
	});
	const owner: DatabaseUser = { name: "o", isOwner: true, owner: "o", roles: [] };

	it("is well for one process that owns the database, or has what its role needs", () => {
		expect(judgeDatabaseUser(owner, ["ingress", "agent", "executor"])).toMatchObject({ verdict: "ok" });
		expect(judgeDatabaseUser(user("agent"), ["agent"])).toMatchObject({
			verdict: "ok",
			text: "x can do what the role agent does, and nothing else.",
		});
	});

	it("warns where the user can do what other roles do", () => {
		expect(judgeDatabaseUser(owner, ["ingress"])).toMatchObject({ verdict: "warn" });
		expect(judgeDatabaseUser(user("agent", "executor"), ["agent"])).toMatchObject({
			verdict: "warn",
			text: "x can also do what the role executor does.",
		});
	});
});
