import {
	CreateDocumentCommand,
	DescribeDocumentCommand,
	DescribeInstanceInformationCommand,
	GetDocumentCommand,
	SendCommandCommand,
	type SendCommandCommandInput,
	UpdateDocumentCommand,
	UpdateDocumentDefaultVersionCommand,
} from "@aws-sdk/client-ssm";
import { awsClients } from "./aws-clients.ts";
import { awsFailure } from "./aws-failure.ts";
import { RESTART } from "./example-document.ts";
import { WRITER } from "./example-keys.ts";
import { type FakeAws, startFakeAws } from "./start-fake-aws.ts";

let aws: FakeAws;
let instanceId: string;

beforeEach(async () => {
	aws = await startFakeAws({ keys: [WRITER] });
	const region = aws.world.region("eu-west-1");
	instanceId = region.addInstance().instanceId;
	region.addDocument("Ops-Restart", RESTART);
});
afterEach(() => aws.stop());

const ssm = () => awsClients(aws, WRITER).ssm;
const send = (input: Partial<SendCommandCommandInput>) =>
	ssm().send(
		new SendCommandCommand({
			DocumentName: "Ops-Restart",
			InstanceIds: [instanceId],
			Parameters: { service: ["nginx"] },
			...input,
		}),
	);

describe("documents", () => {
	it("have versions, of which one is the default, each with its hash", async () => {
		const changed = RESTART.replace("Restarts", "Starts");
		const created = await ssm().send(new CreateDocumentCommand({ Name: "Ops-Clean", Content: RESTART }));
		const updated = await ssm().send(new UpdateDocumentCommand({ Name: "Ops-Clean", Content: changed }));
		expect([created, updated].map((made) => made.DocumentDescription?.DocumentVersion)).toEqual(["1", "2"]);
		const described = async (DocumentVersion?: string) =>
			(await ssm().send(new DescribeDocumentCommand({ Name: "Ops-Clean", DocumentVersion }))).Document;
		expect(await described()).toMatchObject({
			DocumentVersion: "1",
			DefaultVersion: "1",
			LatestVersion: "2",
			HashType: "Sha256",
			Hash: created.DocumentDescription?.Hash,
		});
		await ssm().send(new UpdateDocumentDefaultVersionCommand({ Name: "Ops-Clean", DocumentVersion: "2" }));
		expect((await described())?.Hash).toBe(updated.DocumentDescription?.Hash);
		expect((await ssm().send(new GetDocumentCommand({ Name: "Ops-Clean" }))).Content).toBe(changed);
		expect(aws.effects.map((effect) => effect.operation)).toEqual([
			"CreateDocument",
			"UpdateDocument",
			"UpdateDocumentDefaultVersion",
		]);
	});

	it("a pinned version and hash hold when the default moves", async () => {
		const [document] = aws.world.region("eu-west-1").documents();
		const DocumentHash = document?.versions[0]?.hash;
		aws.world.region("eu-west-1").addDocument("Ops-Restart", RESTART.replace("Restarts", "Removes"));
		await send({ DocumentVersion: "1", DocumentHash, DocumentHashType: "Sha256" });
		expect(await awsFailure(send({ DocumentHash, DocumentHashType: "Sha256" }))).toBe(
			"InvalidDocumentVersion 400",
		);
		expect(aws.effects.map((effect) => effect.detail.documentVersion)).toEqual(["1"]);
	});

	it("content that is no document, and a name twice, are refused", async () => {
		const create = (Name: string, Content: string) =>
			awsFailure(ssm().send(new CreateDocumentCommand({ Name, Content })));
		expect(await create("Ops-Other", "just words")).toBe("InvalidDocumentContent 400");
		expect(await create("Ops-Restart", RESTART)).toBe("DocumentAlreadyExists 400");
		expect(await create("Ops-Yaml", "schemaVersion: '2.2'\nmainSteps: []\n")).toBe("none");
	});
});

describe("managed instances", () => {
	it("are listed with what their agent does, without those that have none", async () => {
		const region = aws.world.region("eu-west-1");
		region.addInstance({ ping: null });
		const lost = region.addInstance({ ping: "ConnectionLost" }).instanceId;
		const found = await ssm().send(new DescribeInstanceInformationCommand({}));
		expect(found.InstanceInformationList?.map((one) => [one.InstanceId, one.PingStatus])).toEqual([
			[instanceId, "Online"],
			[lost, "ConnectionLost"],
		]);
		const Filters = [{ Key: "PingStatus", Values: ["Online"] }];
		const online = await ssm().send(new DescribeInstanceInformationCommand({ Filters }));
		expect(online.InstanceInformationList).toHaveLength(1);
	});
});
