import { OUR_DOCUMENTS } from "../../../src/adapters/aws/common/our-documents.ts";
import { checkAws } from "../../../src/use-cases/checks/check-aws.ts";
import {
	type AwsWorld,
	awsWorld,
	MANAGED,
	OTHER_REGION,
	REGION,
	shippedDocument,
} from "../../adapters/aws/aws-world.ts";

const SERVICE = {
	name: "checkout",
	region: REGION,
	tag: { key: "Service", value: "checkout" },
	unit: "checkout.service",
};
const FILES = {
	RestartService: "restart-service",
	CleanDisk: "clean-disk",
	CleanDiskReport: "clean-disk-report",
};

describe("what doctor says of AWS", () => {
	let world: AwsWorld;
	afterEach(() => world.stop());
	const open = async (config: Record<string, unknown> = {}) => {
		world = await awsWorld({ services: [SERVICE], regions: [REGION], ...config });
		return world.fake.world.region(REGION);
	};
	const look = async (withWriter = true) => {
		const { reader, writer } = world;
		const check = checkAws({ reader, writer: withWriter ? writer : undefined, documents: OUR_DOCUMENTS });
		const findings = await check.run();
		for (const { verdict, remedy } of findings)
			if (verdict === "fail" || verdict === "warn") expect(remedy).toMatch(/^[A-Z].*\.$/);
		return new Map(findings.map(({ name, verdict, text }) => [name, `${verdict}: ${text}`]));
	};
	const addDocuments = () => {
		for (const [name, file] of Object.entries(FILES))
			world.fake.world.region(REGION).addDocument(`SmartCloudOps-${name}`, shippedDocument(file));
	};

	it("where all is well", async () => {
		const region = await open();
		addDocuments();
		region.addInstance({ tags: { ...MANAGED, Service: "checkout" } });
		region.addGroup({ name: "web", tags: MANAGED });
		expect(Object.fromEntries(await look())).toEqual({
			"AWS account": "ok: 111122223333, in eu-west-1.",
			"AWS writer": "ok: Its credentials are of the same account.",
			"AWS eu-west-1": "ok: 2 instances and 1 group may be changed.",
			"documents in eu-west-1": "ok: All are there, with the content of this version.",
			"service checkout": "ok: 1 instance with Service=checkout; Systems Manager reaches all that run.",
		});
	});

	it("where nothing is set up yet", async () => {
		await open({ regions: [REGION, OTHER_REGION] });
		const found = await look(false);
		expect(found.get("AWS writer")).toMatch(/^off: /);
		expect(found.get("AWS us-east-1")).toBe(
			"warn: Nothing here carries the tag smartcloudops=managed, so nothing may be changed.",
		);
		expect(found.get("documents in eu-west-1")).toMatch(
			/^fail: SmartCloudOps-RestartService is missing, .*CleanDiskReport is missing\.$/,
		);
		expect(found.has("documents in us-east-1")).toBe(false);
		expect(found.get("service checkout")).toBe("fail: No instance in eu-west-1 carries Service=checkout.");
	});

	it("where a document was changed, an instance is not managed, or an agent is away", async () => {
		const region = await open();
		addDocuments();
		region.addDocument("SmartCloudOps-CleanDisk", shippedDocument("clean-disk").replace("-xdev ", ""));
		const tags = { Service: "checkout" };
		const { instanceId } = region.addInstance({ tags });
		expect((await look()).get("documents in eu-west-1")).toBe(
			"fail: SmartCloudOps-CleanDisk has another content.",
		);
		expect((await look()).get("service checkout")).toMatch(/^warn: .*, of which 0 may be changed\.$/);
		Object.assign(region.instance(instanceId).tags, MANAGED);
		region.setPing(instanceId, "ConnectionLost");
		expect((await look()).get("service checkout")).toMatch(/^warn: .*reaches 0 of 1 that run\.$/);
	});

	it("case 20: where the credentials are of another account, nothing else", async () => {
		await open({ account: "999988887777" });
		expect([...(await look())]).toEqual([
			[
				"AWS account",
				"fail: The reader's credentials belong to the AWS account 111122223333, but aws.account is 999988887777.",
			],
		]);
	});

	it("where the writer's credentials are of another account", async () => {
		await open();
		const writer = { account: async () => "999988887777" };
		const findings = await checkAws({ reader: world.reader, writer, documents: OUR_DOCUMENTS }).run();
		expect(findings.find(({ name }) => name === "AWS writer")).toMatchObject({
			verdict: "fail",
			text: "Its credentials are of the account 999988887777, and the reader's of 111122223333.",
		});
	});

	it("where a permission is missing, it is named", async () => {
		await open();
		world.fake.keys.set(world.key.accessKeyId, { ...world.key, allow: ["autoscaling:*"] });
		const found = await look();
		expect(found.get("AWS eu-west-1")).toBe(
			"fail: AWS refuses ec2:DescribeInstances: the reader's role may not do it here.",
		);
		expect(found.get("documents in eu-west-1")).toMatch(/^fail: AWS refuses ssm:DescribeDocument/);
	});
});
