import { restartService } from "../../src/remediations/restart-service.ts";
import { ACCOUNT, REGION, shippedDocument } from "../adapters/aws/aws-world.ts";
import { type RemediationWorld, remediationWorld } from "./aws/remediation-world.ts";

let world: RemediationWorld;

beforeEach(async () => {
	world = await remediationWorld();
});
afterEach(() => world.stop());

const region = () => world.fake.world.region(REGION);
const add = (name: string, ping: "Online" | "ConnectionLost" = "Online") =>
	world.addInstance({ tags: { Name: name, Service: "orders" }, ping });
const plan = () => world.plan(restartService, { service: "orders" });
const refusal = async (parameters: unknown) => {
	const error: unknown = await world.plan(restartService, parameters).catch((thrown: unknown) => thrown);
	return error instanceof Error && "code" in error ? `${String(error.code)}: ${error.message}` : error;
};

describe("planning a restart of a service on instances", () => {
	it("names the instances that run it, the unit and the pinned document", async () => {
		const ids = [add("orders-1"), add("orders-2")];
		world.addInstance({ tags: { Service: "orders" }, state: "stopped" });
		const planned = await plan();
		expect(planned).toMatchObject({
			title: "Restart orders on 2 instances",
			account: ACCOUNT,
			region: REGION,
			summary: `Restart orders (orders.service) on 2 instances: orders-1 (${ids[0]}) and orders-2 (${ids[1]}), in ${REGION}, all at once.`,
			document: { name: "SmartCloudOps-RestartService", version: "1" },
			targets: [{ name: "orders-1", state: { unit: "orders.service", service: "orders" } }, {}],
		});
		expect(planned.document?.hash).toMatch(/^[0-9a-f]{64}$/);
		expect(planned.verification).toBeUndefined();
		expect(planned.checks[0]).toEqual({
			verdict: "info",
			text: "All 2 instances of orders at once: orders is down while it restarts",
		});
		expect(planned.checks.map(({ text }) => text)).toEqual(
			expect.arrayContaining([
				"Systems Manager reaches all 2 running instances of orders",
				"1 instance of orders does not run: left out",
				"Document SmartCloudOps-RestartService 1 is the one this product ships",
			]),
		);
		expect(planned.permissions).toEqual([
			{
				action: "ssm:SendCommand",
				region: REGION,
				resources: [
					`arn:aws:ssm:${REGION}:${ACCOUNT}:document/SmartCloudOps-RestartService`,
					...ids.map((id) => `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${id}`),
				],
			},
		]);
		expect(world.effects()).toEqual([]);
	});

	it("says how many do not run", async () => {
		add("orders-1");
		for (const _ of [1, 2]) world.addInstance({ tags: { Service: "orders" }, state: "stopped" });
		expect((await plan()).checks.map(({ text }) => text)).toEqual(
			expect.arrayContaining([
				"The only instance of orders: orders is down while it restarts",
				"2 instances of orders do not run: left out",
			]),
		);
	});

	it("names an instance that is not reached, and can't be asked for then", async () => {
		add("orders-1");
		const lost = add("orders-2", "ConnectionLost");
		const planned = await plan();
		expect(planned.targets).toHaveLength(1);
		expect(planned.checks).toContainEqual({
			verdict: "fail",
			text: `Systems Manager does not reach orders-2 (${lost})`,
		});
	});

	it("is refused where none is reached, none runs, one is not managed, or nobody knows the name", async () => {
		expect(await refusal({ service: "orders" })).toBe(
			`not_found: No running instance of orders is found by the tag Service=orders in ${REGION}.`,
		);
		const id = add("orders-1", "ConnectionLost");
		expect(await refusal({ service: "orders" })).toBe(
			`conflict: Systems Manager reaches no instance of orders (orders-1 (${id})); check its agent there.`,
		);
		region().addInstance({ tags: { Service: "orders", Name: "theirs" } });
		expect(await refusal({ service: "orders" })).toMatch(/^conflict: Only what carries the tag .* theirs/);
		expect(await refusal({ service: "ordres" })).toBe(
			"not_found: There is no service ordres; there are: checkout, orders and bare.",
		);
	});

	it("takes what this machine supervises before a service of AWS", async () => {
		expect(await world.plan(restartService, { service: "checkout" })).toMatchObject({ account: "local" });
	});

	it("case 21: is refused where the document's content is not ours, and another version is another hash", async () => {
		add("orders-1");
		const before = world.hash(await plan());
		expect(world.hash(await plan())).toBe(before);
		region().addDocument("SmartCloudOps-RestartService", shippedDocument("restart-service"));
		expect(world.hash(await plan())).not.toBe(before);
		region().addDocument("SmartCloudOps-RestartService", shippedDocument("clean-disk"));
		expect(await refusal({ service: "orders" })).toBe(
			`conflict: The document SmartCloudOps-RestartService in ${REGION} (version 3) is not the one this product ships; install it again, then ask again.`,
		);
	});
});

describe("the call of a restart on instances", () => {
	it.each([-600_000, 600_000])(
		"case 26: is found again where the database's clock is off by %s ms",
		async (offMs) => {
			add("orders-1");
			const planned = await plan();
			await world.execute(restartService, planned, "X-71");
			const intendedAtMs = Date.now() + offMs;
			const view = {
				reader: world.cloudReader,
				metrics: world.metrics,
				nowMs: intendedAtMs + 31_000,
			};
			const found = await restartService.reconcile(planned, view, { id: "X-71", intendedAtMs });
			expect(["done", "under_way"]).toContain(found.kind);
		},
	);

	it("case 26: is not taken for another installation's command of the same number", async () => {
		add("orders-1");
		await world.execute(restartService, await plan(), "X-72");
		add("orders-2");
		expect(await world.reconcile(restartService, await plan(), 31, "X-72")).toMatchObject({
			kind: "not_known",
			text: "A command with the comment X-72 went to other instances",
		});
	});

	it("sends one command with the unit alone, and is done when the unit is active everywhere", async () => {
		const ids = [add("orders-1"), add("orders-2")];
		const seen: unknown[] = [];
		world.fake.onCommand(({ parameters, comment }) => {
			seen.push({ parameters, comment });
			return { output: '{"unit":"orders.service","state":"active"}\n' };
		});
		const planned = await plan();
		expect(await world.execute(restartService, planned)).toEqual({
			kind: "under_way",
			text: "Sent to 2 instances",
		});
		expect(await world.outcome(restartService, planned)).toEqual({
			kind: "done",
			text: "Restarted orders on 2 instances",
		});
		expect(seen).toEqual([
			{ parameters: { Unit: ["orders.service"] }, comment: "X-1" },
			{ parameters: { Unit: ["orders.service"] }, comment: "X-1" },
		]);
		expect(world.fake.effects).toHaveLength(1);
		expect(world.fake.effects[0]).toMatchObject({ operation: "SendCommand", comment: "X-1" });
		expect(world.fake.effects[0]?.targets.toSorted()).toEqual(ids.toSorted());
	});

	it("that fails somewhere says where, and what the instance said last", async () => {
		const ids = [add("orders-1"), add("orders-2"), add("orders-3")];
		world.fake.onCommand(({ instanceId }) =>
			instanceId === ids[1]
				? { status: "Failed", output: 'Job failed.\n{"unit":"orders.service","state":"not restarted"}\n' }
				: {},
		);
		const planned = await plan();
		await world.execute(restartService, planned);
		expect(await world.outcome(restartService, planned)).toEqual({
			kind: "failed",
			text: `Restarted 2 of 3; failed on ${ids[1]} (not restarted)`,
		});
	});

	it("case 50: repeats no secret of an output", async () => {
		add("orders-1");
		world.fake.onCommand(() => ({ status: "Failed", output: "password=hunter2hunter2 refused" }));
		const planned = await plan();
		await world.execute(restartService, planned);
		const found = JSON.stringify(await world.outcome(restartService, planned));
		expect(found).toContain("failed on");
		expect(found).not.toContain("hunter2");
	});

	it("case 26: cut before its effect is not in the list a minute later, and is not sent again", async () => {
		add("orders-1");
		const planned = await plan();
		world.fake.faults.add({ kind: "cut-before" }, { operation: "SendCommand" });
		await expect(world.execute(restartService, planned)).rejects.toMatchObject({ code: "unavailable" });
		expect(await world.reconcile(restartService, planned, 29)).toMatchObject({ kind: "not_known" });
		expect(await world.reconcile(restartService, planned, 61)).toEqual({
			kind: "never_sent",
			text: "The command never left: Systems Manager lists none of this run",
		});
		expect(world.fake.effects).toHaveLength(0);
	});

	it("case 26: cut after its effect is found by its comment, and never sent twice", async () => {
		add("orders-1");
		const planned = await plan();
		world.fake.faults.add({ kind: "cut-after" }, { operation: "SendCommand" });
		await expect(world.execute(restartService, planned)).rejects.toMatchObject({ code: "unavailable" });
		expect(await world.outcome(restartService, planned)).toMatchObject({ kind: "done" });
		expect(world.fake.effects).toHaveLength(1);
	});

	it("case 21: is refused by AWS where the pinned content is not the document's any more", async () => {
		add("orders-1");
		const planned = await plan();
		const document = planned.document && { ...planned.document, hash: "0".repeat(64) };
		await expect(world.execute(restartService, { ...planned, document })).rejects.toMatchObject({
			code: "not_found",
		});
		expect(world.fake.effects).toHaveLength(0);
	});

	it.each(["$(reboot)", "{{ssm:secret}}", "a\nb", "a;b"])(
		"case 51: refuses %j as a unit, wherever it came from",
		async (unit) => {
			add("orders-1");
			const planned = await plan();
			const targets = planned.targets.map((target) => ({ ...target, state: { ...target.state, unit } }));
			await expect(world.execute(restartService, { ...planned, targets })).rejects.toMatchObject({
				code: "invalid",
			});
			expect(world.fake.effects).toHaveLength(0);
		},
	);
});
