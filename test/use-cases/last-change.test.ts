import type { Approval, ApprovalStatus } from "../../src/domain/approval.ts";
import { changeBefore, endedByItself } from "../../src/domain/came-back-after.ts";
import type { Stores } from "../../src/ports/store.ts";
import { resolve } from "../../src/use-cases/end-incident.ts";
import { incidentTitle } from "../../src/use-cases/incident-title.ts";
import { lastChange } from "../../src/use-cases/last-change.ts";
import { recentEvents } from "../../src/use-cases/now-recent.ts";
import { exampleApproval } from "../fakes/example-approval.ts";
import { exampleIncident } from "../fakes/example-watch.ts";

const incident = exampleIncident();
const NOW_MS = incident.openedAtMs + 60_000;

/** The last change of an incident on whose target requests were run that stand so, newest first. */
function changeOf(...statuses: readonly ApprovalStatus[]) {
	const requests = statuses.map(
		(status, index): Approval => exampleApproval({ id: `A-${index + 1}`, status }),
	);
	const effects = requests.map(({ id }) => ({
		approvalId: id,
		targetName: incident.target,
		environment: incident.environment,
	}));
	const stores = {
		executions: { recent: async () => effects, ofApproval: async () => ({ status: "called" }) },
		approvals: { get: async (id: string) => requests.find((request) => request.id === id) },
	} as unknown as Pick<Stores, "approvals" | "executions">;
	return lastChange(stores, incident, []);
}

test.each(["failed", "rollback_failed", "unknown"] as const)(
	"a change that ended as %s is not named as what the incident came back after, nor is it called by itself",
	async (status) => {
		const over = resolve(incident, "recovered", NOW_MS, { after: await changeOf(status) });
		expect(over.timeline.at(-1)?.text).toBe("Came back");
		expect([changeBefore(over), endedByItself(over)]).toEqual([undefined, false]);
		expect(recentEvents({ nowMs: NOW_MS, ended: [], resolved: [over] })[0]?.title).toBe("checkout came back");
		expect(incidentTitle({ incident: over, anomalies: [], watches: [] })).toBe("checkout: back to normal");
	},
);

test("a change that did not fail is named, also behind a newer one that did", async () => {
	expect(await changeOf("failed", "succeeded")).toMatchObject({ approvalId: "A-2" });
	const over = resolve(incident, "recovered", NOW_MS, { after: await changeOf("verifying") });
	expect(over.timeline.at(-1)?.text).toMatch(/^Came back after .+ \(A-1\)$/);
	expect(await changeOf()).toBeUndefined();
});
