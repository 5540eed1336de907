import { spawn, spawnSync } from "node:child_process";
import { text } from "node:stream/consumers";
import type { AccessKey } from "../../fakes/aws/access-key.ts";
import { type FakeAws, startFakeAws } from "../../fakes/aws/start-fake-aws.ts";

const KEY: AccessKey = {
	accessKeyId: "AKIAIOSFODNN7EXAMPLE",
	secretAccessKey: "a-secret-that-must-not-be-shown",
	account: "111122223333",
	allow: ["*"],
};

/** A process of its own that reboots an instance at this address. */
async function reboot(endpoint: string, id: string): Promise<unknown> {
	const script = new URL("aws-child.ts", import.meta.url).pathname;
	const child = spawn(process.execPath, ["--no-warnings", script, id], {
		env: {
			AWS_ENDPOINT_URL: endpoint,
			AWS_ACCESS_KEY_ID: KEY.accessKeyId,
			AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey,
		},
	});
	const [output, problems] = await Promise.all([text(child.stdout), text(child.stderr)]);
	expect(problems).toBe("");
	return JSON.parse(output);
}

describe("a process that has AWS from its environment", () => {
	let fake: FakeAws;
	let id: string;
	beforeEach(async () => {
		fake = await startFakeAws({ keys: [KEY] });
		id = fake.world.region("eu-west-1").addInstance().instanceId;
	});
	afterEach(() => fake.stop());
	const reboots = () => fake.calls.filter(({ operation }) => operation === "RebootInstances");

	it("makes its effect at AWS_ENDPOINT_URL", async () => {
		expect(await reboot(fake.url, id)).toEqual({ done: true });
		expect(fake.effects).toHaveLength(1);
	});

	it("case 26: does not know what became of a call that was cut, and makes it once", async () => {
		fake.faults.add({ kind: "cut-after" }, { operation: "RebootInstances" });
		expect(await reboot(fake.url, id)).toMatchObject({ code: "unavailable", changed: "unknown" });
		expect(reboots()).toHaveLength(1);
		expect(fake.effects).toHaveLength(1);
	});

	it("case 26: nor of one that hangs", async () => {
		fake.faults.add({ kind: "hang", at: "before" }, { operation: "RebootInstances" });
		const outcome = await reboot(fake.url, id);
		expect(outcome).toMatchObject({ code: "unavailable", changed: "unknown" });
		expect(outcome).toMatchObject({ message: expect.stringContaining("no answer to ec2:RebootInstances") });
		expect(reboots()).toHaveLength(1);
	});

	it("knows that nothing was sent where nobody listens", async () => {
		const { url } = fake;
		await fake.stop();
		expect(await reboot(url, id)).toMatchObject({
			code: "unavailable",
			message: expect.stringContaining("ECONNREFUSED"),
			changed: false,
		});
		fake = await startFakeAws({ keys: [KEY] });
	});
});

/** The packages and files of ours that a program has loaded when it ends. */
function loadedBy(program: string): readonly string[] {
	const recorder = `
		import { registerHooks } from "node:module";
		const seen = new Set();
		registerHooks({ resolve(name, context, next) {
			const found = next(name, context);
			seen.add(found.url.replace(/^.*node_modules\\/(@[^/]+\\/[^/]+|[^/]+).*$/, "$1"));
			return found;
		} });
		process.on("exit", () => console.log(JSON.stringify([...seen])));`;
	const args = ["--no-warnings", "--import", `data:text/javascript,${encodeURIComponent(recorder)}`];
	const { stdout, stderr } = spawnSync(process.execPath, [...args, "--input-type=module", "-e", program], {
		encoding: "utf8",
	});
	expect(stderr).toBe("");
	return JSON.parse(stdout) as string[];
}

describe("what is loaded of AWS", () => {
	const opening = (aws: string, roles: string) => `
		const { openAws } = await import("${process.cwd()}/src/compose/open-aws.ts");
		const { AwsConfig } = await import("${process.cwd()}/src/config/aws-config.ts");
		const file = { environment: "local", aws: AwsConfig.parse(${aws}) };
		await openAws({ file }, { roles: ${roles} });`;
	const ofAws = (loaded: readonly string[]) => loaded.filter((name) => /^@(?:aws-sdk|smithy)\//.test(name));
	const writers = (loaded: readonly string[]) => loaded.filter((name) => name.includes("/aws/writer/"));

	it("is nothing where no region is configured", () => {
		const loaded = loadedBy(opening("{}", '["executor"]'));
		expect(loaded.some((name) => name.endsWith("/open-aws.ts"))).toBe(true);
		expect(ofAws(loaded)).toEqual([]);
	});

	it("is no writer but in the executor", () => {
		const reading = loadedBy(opening('{ regions: ["eu-west-1"] }', '["ingress", "agent"]'));
		expect(ofAws(reading)).toContain("@aws-sdk/client-ec2");
		expect(writers(reading)).toEqual([]);
		const writing = loadedBy(opening('{ regions: ["eu-west-1"] }', '["executor"]'));
		expect(writers(writing).length).toBeGreaterThan(3);
		expect(ofAws(writing)).not.toContain("@aws-sdk/client-iam");
	});
});
