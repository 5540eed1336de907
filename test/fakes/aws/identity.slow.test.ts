import { SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { awsClients } from "./aws-clients.ts";
import { awsFailure } from "./aws-failure.ts";
import { READER, STRANGER, WRITER } from "./example-keys.ts";
import { type FakeAws, startFakeAws } from "./start-fake-aws.ts";

let aws: FakeAws;

beforeEach(async () => {
	aws = await startFakeAws({ keys: [WRITER, READER, STRANGER] });
});
afterEach(() => aws.stop());

const simulate = (source: string, resources?: string[]) =>
	awsClients(aws, READER).iam.send(
		new SimulatePrincipalPolicyCommand({
			PolicySourceArn: source,
			ActionNames: ["ec2:DescribeInstances", "ec2:RebootInstances"],
			...(resources ? { ResourceArns: resources } : {}),
		}),
	);

describe("who calls, and what they may do", () => {
	it("is told by the key: a role's session, or a user", async () => {
		const identity = async (key: typeof WRITER) => {
			const { Account, Arn } = await awsClients(aws, key).sts.send(new GetCallerIdentityCommand({}));
			return [Account, Arn];
		};
		expect(await identity(READER)).toEqual([
			"111122223333",
			"arn:aws:sts::111122223333:assumed-role/ops-reader/session",
		]);
		expect(await identity(STRANGER)).toEqual([
			"999988887777",
			"arn:aws:iam::999988887777:user/AKIAEXAMPLESTRANGER",
		]);
	});

	it("is simulated from the rules of the role's key", async () => {
		const decisions = async (...call: Parameters<typeof simulate>) =>
			(await simulate(...call)).EvaluationResults?.map((result) => result.EvalDecision);
		expect(await decisions("arn:aws:iam::111122223333:role/ops-reader")).toEqual(["allowed", "implicitDeny"]);
		expect(await decisions("arn:aws:iam::111122223333:role/ops-writer")).toEqual(["allowed", "allowed"]);
		const arn = "arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0";
		aws.keys.set(WRITER.accessKeyId, { ...WRITER, allow: [{ action: "ec2:Reboot*", resource: arn }] });
		const writer = "arn:aws:iam::111122223333:role/ops-writer";
		expect(await decisions(writer, [arn])).toEqual(["implicitDeny", "allowed"]);
		expect(await decisions(writer)).toEqual(["implicitDeny", "implicitDeny"]);
	});

	it("is not simulated for a session, nor for a role there is none of, nor without the right", async () => {
		const session = "arn:aws:sts::111122223333:assumed-role/ops-reader/session";
		expect(await awsFailure(simulate(session))).toBe("InvalidInputException 400");
		const unknown = "arn:aws:iam::111122223333:role/nobody";
		expect(await awsFailure(simulate(unknown))).toBe("NoSuchEntityException 404");
		aws.keys.set(READER.accessKeyId, { ...READER, allow: [] });
		expect(await awsFailure(simulate(unknown))).toBe("AccessDenied 403");
	});

	it("a client finds the fake by AWS_ENDPOINT_URL, with credentials from the environment", async () => {
		const settings = {
			AWS_ENDPOINT_URL: aws.url,
			AWS_REGION: "eu-west-1",
			AWS_ACCESS_KEY_ID: READER.accessKeyId,
			AWS_SECRET_ACCESS_KEY: READER.secretAccessKey,
		};
		const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
		Object.assign(process.env, settings);
		try {
			const identity = await new STSClient().send(new GetCallerIdentityCommand({}));
			expect(identity.Account).toBe(READER.account);
		} finally {
			for (const [name, value] of before)
				if (value === undefined) delete process.env[name];
				else process.env[name] = value;
		}
	});
});
