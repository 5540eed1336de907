import { cleanDisk } from "../../src/remediations/clean-disk.ts";
import { ACCOUNT, REGION } from "../adapters/aws/aws-world.ts";
import { type RemediationWorld, remediationWorld } from "./aws/remediation-world.ts";

const GB = 1024 ** 3;
let world: RemediationWorld;
let report: (instanceId: string) => string;

beforeEach(async () => {
	world = await remediationWorld();
	report = () => `{"wouldFreeBytes":${2 * GB},"files":40,"skipped":[]}\n`;
	world.fake.onCommand(({ documentName, instanceId }) => ({
		output:
			documentName === "SmartCloudOps-CleanDiskReport"
				? report(instanceId)
				: `{"freedBytes":${GB},"files":20,"skipped":[]}\n`,
	}));
});
afterEach(() => world.stop());

const add = (name: string) => world.addInstance({ tags: { Name: name, Service: "orders" } });
const plan = (parameters: Record<string, unknown> = {}) =>
	world.plan(cleanDisk, { service: "orders", older_than_days: "7", ...parameters });
const fails = async () =>
	(await plan()).checks.filter(({ verdict }) => verdict === "fail").map(({ text }) => text);

describe("planning a clean-up", () => {
	it("says for each instance what it would free, and changes nothing", async () => {
		const ids = [add("orders-1"), add("orders-2")];
		report = (id) =>
			id === ids[0]
				? `{"wouldFreeBytes":${2 * GB},"files":40,"skipped":["/var/cache/orders: missing"]}`
				: '{"wouldFreeBytes":0,"files":0,"skipped":[]}';
		const planned = await plan();
		expect(planned).toMatchObject({
			title: "Clean the disk of orders on 2 instances",
			risk: "high",
			reversal: "irreversible",
			parameters: { service: "orders", older_than_days: 7 },
			summary: `Delete files older than 7 days in /var/cache/orders and /var/log/orders on 2 instances: orders-1 (${ids[0]}) and orders-2 (${ids[1]}), in ${REGION}.`,
			document: { name: "SmartCloudOps-CleanDisk", version: "1" },
			targets: [{ state: { paths: "/var/cache/orders:/var/log/orders", olderThanDays: 7 } }, {}],
		});
		expect(planned.permissions).toEqual([
			{
				action: "ssm:SendCommand",
				region: REGION,
				resources: [
					`arn:aws:ssm:${REGION}:${ACCOUNT}:document/SmartCloudOps-CleanDisk`,
					...ids.map((id) => `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${id}`),
				],
			},
		]);
		expect(planned.checks).toContainEqual({
			verdict: "info",
			text: `orders-1 (${ids[0]}) would free 2\u00a0GB in 40 files; left alone: /var/cache/orders: missing`,
		});
		expect(planned.checks.filter(({ verdict }) => verdict === "fail")).toEqual([]);
		expect(world.effects()).toEqual([]);
	});

	it("case 25: on more instances than a card has lines for, names the most and sums up the others", async () => {
		for (let count = 1; count <= 8; count++) add(`orders-${count}`);
		report = () => `{"wouldFreeBytes":${GB},"files":10,"skipped":[]}`;
		const planned = await plan();
		expect(planned.targets).toHaveLength(8);
		const freed = planned.checks.map(({ text }) => text).filter((text) => text.includes("would free"));
		expect(freed).toHaveLength(6);
		expect(freed.at(-1)).toBe("3 others would free 3\u00a0GB in 30 files");
	});

	it("has the same hash whatever the report says, and another for other folders or another age", async () => {
		add("orders-1");
		const hash = async (parameters?: Record<string, unknown>) => world.hash(await plan(parameters));
		const before = await hash();
		report = () => '{"wouldFreeBytes":1,"files":1,"skipped":[]}';
		expect(await hash()).toBe(before);
		expect(await hash({ path: "/var/log/orders" })).not.toBe(before);
		expect(await hash({ older_than_days: 8 })).not.toBe(before);
	});

	it("can't be asked for where nothing would be freed, or an instance gave no report", async () => {
		const ids = [add("orders-1"), add("orders-2")];
		report = () => '{"wouldFreeBytes":0,"files":0,"skipped":[]}';
		expect(await fails()).toEqual(["No file is older than 7 days, so nothing would be freed"]);
		report = (id) => (id === ids[0] ? "find: no" : '{"wouldFreeBytes":1,"files":1,"skipped":[]}');
		expect(await fails()).toEqual([`No report of what it would free: orders-1 (${ids[0]})`]);
	});

	it.each([
		["a folder outside of the service's", { path: "/etc" }, "/etc is not one of the clean_paths of orders"],
		["a way upwards", { path: "/var/log/orders/../.." }, "is not one of the clean_paths"],
		["a shell command", { path: "/var/$(reboot)" }, "is not a plain absolute path"],
		["a document reference", { path: "/{{ssm:x}}" }, "is not a plain absolute path"],
		["a line end", { path: "/var/log/orders\n/etc" }, "is not a plain absolute path"],
		["no age", { older_than_days: 0 }, "older_than_days must be at least 1"],
		["too old", { older_than_days: "366" }, "older_than_days must be at most 365"],
		["half a day", { older_than_days: 1.5 }, "older_than_days must be a whole number"],
		["a command as age", { older_than_days: "1;rm" }, "older_than_days must be a number"],
	])("case 51: refuses %s", async (_what, parameters, why) => {
		add("orders-1");
		await expect(plan(parameters)).rejects.toMatchObject({
			code: "invalid",
			message: expect.stringContaining(why),
		});
	});

	it("is refused for a service without folders, or that is not in the configuration", async () => {
		await expect(plan({ service: "bare" })).rejects.toMatchObject({ code: "unsupported" });
		await expect(plan({ service: "checkout" })).rejects.toMatchObject({
			code: "not_found",
			message:
				"There is no service checkout in the configuration's aws.services; there are: orders and bare.",
		});
	});
});

describe("the call of a clean-up", () => {
	it("sends one command, and says how much was freed", async () => {
		add("orders-1");
		add("orders-2");
		const planned = await plan({ path: "/var/log/orders" });
		expect(await world.execute(cleanDisk, planned)).toMatchObject({ kind: "under_way" });
		expect(await world.outcome(cleanDisk, planned)).toEqual({
			kind: "done",
			text: "orders: freed 2\u00a0GB in 40 files on 2 instances",
		});
		const sent = world.fake.effects.filter(({ comment }) => comment === "X-1");
		expect(sent).toHaveLength(1);
		expect(world.fake.world.region(REGION).commands().at(-1)?.parameters).toEqual({
			Paths: ["/var/log/orders"],
			OlderThanDays: ["7"],
		});
	});

	it("that freed nothing ends as failed", async () => {
		add("orders-1");
		const planned = await plan();
		expect(planned.doneIf).toBe("something was freed by its own report");
		world.fake.onCommand(() => ({ output: '{"freedBytes":0,"files":0,"skipped":[]}' }));
		await world.execute(cleanDisk, planned);
		expect(await world.outcome(cleanDisk, planned)).toEqual({
			kind: "failed",
			text: "orders: freed nothing on 1 instance",
		});
	});

	it.each([
		["before", "cut-before", "never_sent", 0],
		["after", "cut-after", "done", 1],
	] as const)(
		"case 26: cut %s its effect is looked up, never sent again",
		async (_when, kind, found, sent) => {
			add("orders-1");
			const planned = await plan();
			world.fake.faults.add({ kind }, { operation: "SendCommand" });
			await expect(world.execute(cleanDisk, planned)).rejects.toMatchObject({ code: "unavailable" });
			await world.outcome(cleanDisk, planned);
			expect(await world.reconcile(cleanDisk, planned, 61)).toMatchObject({ kind: found });
			expect(world.fake.effects.filter(({ comment }) => comment === "X-1")).toHaveLength(sent);
		},
	);
});
