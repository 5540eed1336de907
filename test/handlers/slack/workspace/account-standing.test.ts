import { describe, expect, it } from "@jest/globals";
import {
	accountName,
	accountStanding,
	homeTeam,
	UNCHECKED,
} from "../../../../handlers/slack/workspace/account-standing.ts";

const member = { id: "U1", team_id: "T1" };

describe("what a Slack account may", () => {
	it("is to decide for a full member of our workspace, and for nobody who could not be checked", () => {
		expect(accountStanding(member, "T1", "T1")).toBeUndefined();
		expect(accountStanding(undefined, "T1", "T1")).toBe(UNCHECKED);
	});

	it("counts the word that says an account is from outside, whichever source it is", () => {
		expect(accountStanding(member, "T2", "T1")).toMatch(/another Slack workspace/);
		expect(accountStanding({ ...member, team_id: "T2" }, "T1", "T1")).toMatch(/another Slack workspace/);
		expect(homeTeam(member, "T2", "T1")).toBe("T2");
		expect(homeTeam({ ...member, team_id: "T2" }, "T1", "T1")).toBe("T2");
		expect(homeTeam(undefined, "T2", "T1")).toBe("T2");
	});

	it("in an organisation of several workspaces goes by membership in ours", () => {
		const grid = { ...member, team_id: "T2", enterprise_user: { teams: ["T2", "T1"] } };
		expect(accountStanding(grid, "T2", "T1")).toBeUndefined();
		expect(homeTeam(grid, "T2", "T1")).toBe("T1");
		expect(accountStanding({ ...grid, enterprise_user: { teams: ["T2"] } }, "T2", "T1")).toBeDefined();
	});

	it("never follows from a name", () => {
		expect(accountStanding({ ...member, real_name: "Admin", deleted: true }, "T1", "T1")).toMatch(
			/deactivated/,
		);
		expect(accountName({ ...member, name: "alice", profile: { display_name: "" } })).toBe("alice");
		expect(accountName(member)).toBeUndefined();
	});
});
