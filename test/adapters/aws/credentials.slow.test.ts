import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAws } from "../../../src/compose/open-aws.ts";
import { AwsConfig } from "../../../src/config/aws-config.ts";
import type { AccessKey } from "../../fakes/aws/access-key.ts";
import { type FakeAws, startFakeAws } from "../../fakes/aws/start-fake-aws.ts";
import { ACCOUNT, type AwsWorld, awsWorld, REGION } from "./aws-world.ts";
import { expectRefusal, refusalOf } from "./expect-refusal.ts";

const FIVE_MINUTES_MS = 300_000;
const reboot = { region: REGION, ids: ["i-0aaaaaaaaaaaaaaaa"], executionId: "e" };

function keyOf(name: string, account = ACCOUNT): AccessKey {
	const accessKeyId = `AKIA${name.toUpperCase().padEnd(16, "X")}`;
	return { accessKeyId, secretAccessKey: `secret-of-${name}`, account, allow: ["*"] };
}

describe("the account", () => {
	it("is asked for once in five minutes, also by several at once", async () => {
		const world = await awsWorld();
		expect(await Promise.all([world.reader.account(), world.reader.account()])).toEqual([ACCOUNT, ACCOUNT]);
		world.wait(FIVE_MINUTES_MS - 1000);
		await world.reader.account();
		expect(world.calls("GetCallerIdentity")).toBe(1);
		world.wait(2000);
		await world.reader.account();
		expect(world.calls("GetCallerIdentity")).toBe(2);
		await world.stop();
	});

	it("is asked for again after it could not be told", async () => {
		const world = await awsWorld();
		world.fake.faults.add({ kind: "expired" }, { operation: "GetCallerIdentity" });
		await expectRefusal(world.reader.account(), "unavailable", /renew them/);
		expect(await world.reader.account()).toBe(ACCOUNT);
		await world.stop();
	});
});

describe("case 20: credentials of another account", () => {
	let world: AwsWorld;
	afterEach(() => world.stop());

	it("read nothing and change nothing", async () => {
		world = await awsWorld({ account: "999988887777" });
		const { reader, writer, fake } = world;
		const { instanceId } = fake.world.region(REGION).addInstance();
		const sentence = /belong to the AWS account 111122223333, but aws\.account is 999988887777/;
		const document = {
			name: "SmartCloudOps-CleanDiskReport",
			version: "1",
			hash: "0".repeat(64),
			ours: true,
		};
		for (const reading of [
			reader.account(),
			reader.findInstances({}),
			reader.listGroups(),
			reader.readGroup("web"),
			reader.readDocument(REGION, document.name),
			reader.reachable(REGION, [instanceId]),
			reader.findCommand(REGION, "e", 0),
			reader.runReport({
				region: REGION,
				document,
				instanceIds: [instanceId],
				parameters: { Paths: ["/var/log/checkout"], OlderThanDays: ["7"] },
				timeoutSeconds: 1,
			}),
		])
			await expectRefusal(reading, "conflict", sentence);
		const request = { ...reboot, ids: [instanceId] };
		for (const change of [
			writer.rebootInstances(request),
			writer.startInstances(request),
			writer.stopInstances(request),
			writer.setDesiredCapacity({ region: REGION, group: "web", expected: 1, desired: 2 }),
		]) {
			const error = await expectRefusal(change, "conflict", /correct aws\.writer_profile/);
			expect(error.extra.changed).toBe(false);
		}
		expect(new Set(fake.calls.map(({ operation }) => operation))).toEqual(new Set(["GetCallerIdentity"]));
	});

	it("that came while the product ran are found before the next effect", async () => {
		world = await awsWorld({ account: ACCOUNT });
		const { instanceId } = world.fake.world.region(REGION).addInstance();
		await world.writer.rebootInstances({ ...reboot, ids: [instanceId] });
		world.fake.keys.set(world.key.accessKeyId, { ...world.key, account: "999988887777" });
		world.wait(FIVE_MINUTES_MS);
		await expectRefusal(world.writer.rebootInstances({ ...reboot, ids: [instanceId] }), "conflict");
		expect(world.calls("RebootInstances")).toBe(1);
	});
});

describe("where credentials and addresses come from", () => {
	const [read, write, other] = [keyOf("reader"), keyOf("writer"), keyOf("other")];
	const folder = mkdtempSync(join(tmpdir(), "sco-aws-"));
	const before = { ...process.env };
	let fake: FakeAws;
	beforeAll(async () => {
		const profile = (name: string, key: AccessKey) =>
			`[${name}]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`;
		writeFileSync(join(folder, "credentials"), `${profile("r", read)}${profile("w", write)}`);
		writeFileSync(join(folder, "config"), "");
		fake = await startFakeAws({ keys: [read, write, other] });
		Object.assign(process.env, {
			AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
			AWS_CONFIG_FILE: join(folder, "config"),
			AWS_ENDPOINT_URL: fake.url,
			AWS_EC2_METADATA_DISABLED: "true",
		});
	});
	afterAll(async () => {
		process.env = before;
		await fake.stop();
		rmSync(folder, { recursive: true });
	});
	const open = async (aws: Record<string, unknown>) => {
		const file = { environment: "local", aws: AwsConfig.parse({ regions: [REGION], ...aws }) };
		const opened = await openAws({ file }, { roles: ["executor"] });
		if (!opened?.writer) throw new Error("AWS was not opened");
		return { reader: opened.reader, writer: opened.writer };
	};
	const callers = () => fake.calls.slice(-2).map(({ accessKeyId }) => accessKeyId);

	it("each side takes its profile, by AWS_ENDPOINT_URL, though the environment holds other keys", async () => {
		process.env.AWS_ACCESS_KEY_ID = other.accessKeyId;
		process.env.AWS_SECRET_ACCESS_KEY = other.secretAccessKey;
		const { reader, writer } = await open({ reader_profile: "r", writer_profile: "w" });
		await reader.account();
		await writer.account();
		expect(callers()).toEqual([read.accessKeyId, write.accessKeyId]);
	});

	it("without profiles both go by the environment", async () => {
		process.env.AWS_ACCESS_KEY_ID = other.accessKeyId;
		process.env.AWS_SECRET_ACCESS_KEY = other.secretAccessKey;
		const { reader, writer } = await open({});
		await reader.account();
		await writer.account();
		expect(callers()).toEqual([other.accessKeyId, other.accessKeyId]);
	});

	it("a profile that does not exist is said, and nothing was changed", async () => {
		const { writer } = await open({ writer_profile: "missing" });
		const error = await expectRefusal(writer.rebootInstances(reboot), "unavailable", /aws\.writer_profile/);
		expect(error.extra.changed).toBe(false);
	});

	it("AWS_MAX_ATTEMPTS does not make an effect be sent again", async () => {
		process.env.AWS_MAX_ATTEMPTS = "5";
		process.env.AWS_RETRY_MODE = "adaptive";
		const { writer } = await open({ writer_profile: "w" });
		const { instanceId } = fake.world.region(REGION).addInstance();
		fake.faults.add({ kind: "throttle" }, { operation: "RebootInstances", count: 9 });
		await expectRefusal(writer.rebootInstances({ ...reboot, ids: [instanceId] }), "limited");
		expect(fake.calls.filter(({ operation }) => operation === "RebootInstances")).toHaveLength(1);
		delete process.env.AWS_MAX_ATTEMPTS;
		delete process.env.AWS_RETRY_MODE;
	});
});

describe("an address that is not AWS", () => {
	const servers: Server[] = [];
	afterEach(() => {
		for (const server of servers.splice(0)) server.close();
	});
	const serve = async (answer: RequestListener) => {
		const server = createServer(answer);
		servers.push(server);
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	};
	const openAt = async (endpoint: string) => {
		process.env.AWS_ACCESS_KEY_ID = "AKIAIOSFODNN7EXAMPLE";
		process.env.AWS_SECRET_ACCESS_KEY = "a-secret-that-must-not-be-shown";
		const file = { environment: "local", aws: AwsConfig.parse({ regions: [REGION] }) };
		const opened = await openAws({ file }, { roles: ["executor"], endpoint });
		if (!opened?.writer) throw new Error("AWS was not opened");
		return opened.writer;
	};
	/** Tells the account, and answers everything else with `answer`. */
	const afterIdentity =
		(answer: RequestListener): RequestListener =>
		(message, response) => {
			let body = "";
			message.on("data", (chunk) => {
				body += String(chunk);
			});
			message.on("end", () => {
				if (!body.includes("GetCallerIdentity")) return answer(message, response);
				response.setHeader("content-type", "text/xml");
				response.end(
					`<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
				);
			});
		};

	it("and redirects is not followed", async () => {
		let followed = 0;
		const elsewhere = await serve((_message, response) => {
			followed += 1;
			response.end();
		});
		const endpoint = await serve(
			afterIdentity((_message, response) => {
				response.writeHead(307, { location: elsewhere });
				response.end();
			}),
		);
		const error = await expectRefusal(
			(await openAt(endpoint)).rebootInstances(reboot),
			"unavailable",
			/redirect/,
		);
		expect(error.extra.changed).toBeUndefined();
		expect(followed).toBe(0);
	});

	it("and refuses with a page of its own proves nothing", async () => {
		const endpoint = await serve(
			afterIdentity((_message, response) => {
				response.writeHead(403, { "content-type": "text/html" });
				response.end("<html><body><h1>AccessDenied</h1> by the proxy</body></html>");
			}),
		);
		const error = await refusalOf((await openAt(endpoint)).rebootInstances(reboot));
		expect(error.code).toBe("unavailable");
		expect(error.extra.changed).toBeUndefined();
		expect(error.message).not.toContain("proxy");
	});
});
