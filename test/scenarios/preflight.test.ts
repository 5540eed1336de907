import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ApprovalView, StoredMessageView } from "../../web/src/api/types.generated.ts";
import { READER } from "../fakes/aws/example-keys.ts";
import { type FakeAws, startFakeAws } from "../fakes/aws/start-fake-aws.ts";
import { newDataDir, type Product, removeDataDir, startProduct } from "../support/product.ts";
import { until } from "../support/until.ts";

const REGION = "eu-west-1";
const managed = { smartcloudops: "managed", Environment: "local" };
let aws: FakeAws;
let product: Product;
let dataDir: string;

/** The product over a cloud that lets it look and change nothing. */
beforeAll(async () => {
	aws = await startFakeAws({ keys: [READER] });
	dataDir = newDataDir();
	const file = join(dataDir, "smartcloudops.yaml");
	writeFileSync(
		file,
		JSON.stringify({
			sample_workload: false,
			aws: {
				regions: [REGION],
				account: READER.account,
				services: [
					{
						name: "orders",
						region: REGION,
						tag: { key: "Service", value: "orders" },
						unit: "orders.service",
					},
				],
			},
		}),
	);
	product = await startProduct({
		dataDir,
		env: {
			CONFIG_FILE: file,
			AWS_ENDPOINT_URL: aws.url,
			AWS_ACCESS_KEY_ID: READER.accessKeyId,
			AWS_SECRET_ACCESS_KEY: READER.secretAccessKey,
			AWS_REGION: REGION,
		},
	});
}, 90_000);
afterAll(async () => {
	await product?.stop();
	await aws?.stop();
	removeDataDir(dataDir);
});

const say = (text: string) => product.post("/api/v1/console/messages", { text });
const approvals = async () => (await product.get<{ items: ApprovalView[] }>("/api/v1/approvals")).items;
const ended = async (title: string) => {
	let found: ApprovalView | undefined;
	await until(async () => {
		found = (await approvals()).find((item) => item.title === title && item.endedAt !== undefined);
		return found !== undefined;
	}, 20_000);
	return found as ApprovalView;
};
const cardOf = async ({ id }: ApprovalView, state: string) => {
	let card: StoredMessageView["message"] | undefined;
	await until(async () => {
		const { items } = await product.get<{ items: StoredMessageView[] }>("/api/v1/console/messages");
		card = items.findLast(({ message }) => message.subject?.id === id)?.message;
		return card?.state?.text === state;
	}, 20_000);
	return card;
};

test("a missing permission ends the request with the statement to add, before anybody is asked", async () => {
	const { instanceId } = aws.world.region(REGION).addInstance({ tags: { Name: "edge-3", ...managed } });
	await say("propose reboot-instance instance=edge-3");
	const request = await ended("Reboot edge-3");
	expect(request).toMatchObject({ status: "cancelled", preflight: { state: "blocked" }, decisions: [] });
	expect(request.outcome).toBe(
		`AWS does not allow ec2:RebootInstances on ${instanceId}. Nobody was asked and nothing was changed.`,
	);
	const card = await cardOf(request, "Stopped by a check");
	expect(card?.buttons).toEqual([
		{ action: "say", label: "Ask again", text: "propose reboot-instance instance=edge-3" },
	]);
	expect(JSON.parse(card?.plan?.statement ?? "")).toEqual({
		Effect: "Allow",
		Action: ["ec2:RebootInstances"],
		Resource: [`arn:aws:ec2:${REGION}:${READER.account}:instance/*`],
		Condition: { StringEquals: { "aws:ResourceTag/smartcloudops": "managed" } },
	});
	expect(aws.effects).toEqual([]);
});

test("once the statement is added, what the card's button says is asked for again and can be decided", async () => {
	aws.keys.set(READER.accessKeyId, { ...READER, allow: [...READER.allow, "ec2:RebootInstances"] });
	await say("propose reboot-instance instance=edge-3");
	let open: ApprovalView | undefined;
	await until(async () => {
		open = (await approvals()).find(
			(item) => item.status === "proposed" && item.preflight?.state === "passed",
		);
		return open !== undefined;
	}, 20_000);
	const card = open && (await cardOf(open, "Waiting for approval, 0 of 1"));
	expect(card?.buttons.map(({ label }) => label)).toEqual(["Approve reboot", "Deny"]);
	expect(card?.plan?.checks.at(-1)).toMatchObject({ verdict: "pass" });
	expect(card?.plan?.where).toBe(`${REGION}, account ${READER.account}`);
	expect(aws.effects).toEqual([]);
});

test("a group at its maximum ends the request as it begins", async () => {
	aws.world.region(REGION).addGroup({ name: "web", minSize: 1, maxSize: 2, desired: 2, tags: managed });
	await say("propose scale-group group=web desired=4");
	const request = await ended("Scale web 2 → 4");
	expect(request.outcome).toBe("Nobody was asked: At its maximum of 2. Nothing was changed.");
	const card = await cardOf(request, "Stopped by a check");
	expect(card?.plan?.checks[0]).toEqual({ verdict: "fail", text: "At its maximum of 2" });
	expect(card?.buttons[0]).toMatchObject({ text: "propose scale-group group=web desired=4" });
	expect(aws.effects).toEqual([]);
});

test("what a person says in words is the same request, and only by exact names", async () => {
	const region = aws.world.region(REGION);
	region.addInstance({ tags: { Name: "orders-1", Service: "orders", ...managed } });
	region.addGroup({ name: "API-front", minSize: 1, maxSize: 9, desired: 2, tags: managed });
	const told = async (text: string) => JSON.stringify(await say(text));
	expect(await told("restart orders")).not.toContain("There is no");
	expect(await told("scale API-front to 6")).toContain("Scale API-front 2 → 6 is requested as");
	expect(await told("stop orders-1")).toContain("AWS is asked first whether it may be done");
	expect(await told("scale api-fron to 6")).toContain("propose scale-group group=<group> desired=6");
	expect(await told("doctor")).not.toContain("No service can be restarted");
	expect(aws.effects).toEqual([]);
});
