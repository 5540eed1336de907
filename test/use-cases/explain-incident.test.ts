import { AppError } from "../../src/domain/errors.ts";
import { explainIncident } from "../../src/use-cases/explain-incident.ts";
import type { ProposalInput } from "../../src/use-cases/propose-remediation.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { exampleFinding, type IncidentWorld, incidentWorld } from "./incident-world.ts";

let world: IncidentWorld;
let next = 0;
const proposals: ProposalInput[] = [];
let refusal: AppError | undefined;
let text = "Memory moved first; traffic did not change.";

beforeAll(async () => {
	world = await incidentWorld();
});
afterAll(() => world.test.close());
beforeEach(() => {
	proposals.length = 0;
	refusal = undefined;
	text = "Memory moved first; traffic did not change.";
});

async function opened() {
	const name = `t${++next}`;
	const watch = exampleWatch({ name: `w-${name}`, target: { name } });
	const anomaly = await world.open(exampleFinding(watch));
	const logger = recordingLogger();
	const explain = () =>
		explainIncident(
			{
				store: world.test.store,
				explainer: { explain: async () => ({ text, queries: [] }) },
				watches: [watch],
				logger,
				propose: async (_actor, input) => {
					proposals.push(input);
					if (refusal) throw refusal;
				},
			},
			anomaly.incidentId,
		);
	return { watch, anomaly, explain, logger, incident: () => world.incident(anomaly.incidentId) };
}

describe("explaining an incident", () => {
	it("says why, and asks for the remediation that its watch names, with the check that would show help", async () => {
		const { explain, incident, anomaly, watch } = await opened();
		await explain();
		expect(await incident()).toMatchObject({ explanation: text });
		expect((await incident()).timeline.at(-1)).toMatchObject({ kind: "explained", text });
		expect(proposals).toMatchObject([
			{
				remediation: "restart-service",
				parameters: { service: anomaly.target },
				incidentId: anomaly.incidentId,
				verification: { watch: watch.name, band: { low: 0, high: anomaly.band.high } },
			},
		]);
	});

	it("again explains anew, keeps one entry in the timeline, and asks for nothing that was asked before", async () => {
		const { explain, incident, anomaly } = await opened();
		await explain();
		await world.request(anomaly.incidentId);
		text = "Memory and CPU moved.";
		await explain();
		expect((await incident()).explanation).toBe("Memory and CPU moved.");
		expect((await incident()).timeline.filter(({ kind }) => kind === "explained")).toHaveLength(1);
		expect(proposals).toHaveLength(1);
	});

	it("keeps the first explanation where there is nothing more to say", async () => {
		const { explain, incident } = await opened();
		const before = (await incident()).explanation;
		text = "";
		await explain();
		expect((await incident()).explanation).toBe(before);
	});

	it("leaves an incident that is over as it is, and asks for nothing", async () => {
		const { explain, incident } = await opened();
		const current = await incident();
		await world.test.store.incidents.save({ ...current, status: "resolved", outcome: "recovered" });
		const before = await incident();
		await explain();
		expect(await incident()).toEqual(before);
		expect(proposals).toEqual([]);
	});

	it("asks for nothing once its findings are closed", async () => {
		const { explain, anomaly } = await opened();
		await world.close(anomaly);
		await explain();
		expect(proposals).toEqual([]);
	});

	it("is done where the remediation is refused, and tried again where a part did not answer", async () => {
		const { explain, logger } = await opened();
		refusal = new AppError("conflict", "A-1 already asks for this and is proposed.");
		await explain();
		expect(logger.records.at(-1)).toMatchObject({ level: "info" });
		refusal = new AppError("unavailable", "The cloud did not answer.");
		await expect(explain()).rejects.toBe(refusal);
	});

	it("of an incident that is not there does nothing", async () => {
		const { logger } = await opened();
		const explainer = { explain: async () => ({ text, queries: [] }) };
		const propose = async () => undefined;
		await explainIncident({ store: world.test.store, explainer, watches: [], logger, propose }, "INC-99999");
		expect(proposals).toEqual([]);
	});
});
