import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describeWith, programPath } from "../../support/require-program.ts";
import { until } from "../../support/until.ts";
import { type AlertIntake, freePort, startAlertIntake, TOKEN } from "./alert-intake.ts";

/** The receiver as docs/alertmanager.md has it, with this test's address, token file and shorter waits. */
async function documentedConfig(webhook: string, tokenFile: string): Promise<string> {
	const page = await readFile("docs/alertmanager.md", "utf8");
	const block = /```yaml\n([^`]*webhook_configs:[^`]*)```/.exec(page)?.[1] ?? "";
	expect(block).toContain("send_resolved: true");
	return block
		.replaceAll(/^ {3}/gm, "")
		.replace(/url: \S+/, `url: ${webhook}`)
		.replace(/credentials_file: \S+/, `credentials_file: ${tokenFile}`)
		.replace("group_wait: 10s", "group_wait: 100ms")
		.replace("group_interval: 1m", "group_interval: 300ms");
}

async function startAlertmanager(folder: string, config: string) {
	const file = join(folder, "alertmanager.yml");
	await writeFile(file, config);
	const url = `http://127.0.0.1:${await freePort()}`;
	const child = spawn(
		programPath("prometheus-alertmanager") ?? "",
		[
			`--config.file=${file}`,
			`--storage.path=${join(folder, "data")}`,
			`--web.listen-address=${new URL(url).host}`,
			"--cluster.listen-address=",
			"--log.level=warn",
		],
		{ stdio: ["ignore", "ignore", "pipe"] },
	);
	let log = "";
	child.stderr.on("data", (chunk: Buffer) => {
		log = `${log}${chunk.toString()}`.slice(-4000);
	});
	const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
	await until(async () => {
		if (child.exitCode !== null) throw new Error(`Alertmanager did not start: ${log}`);
		return (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok === true;
	}, 15_000);
	return {
		url,
		log: () => log,
		stop: async () => {
			child.kill("SIGTERM");
			await exited;
		},
	};
}

describeWith("prometheus-alertmanager", "a real Alertmanager", () => {
	let intake: AlertIntake;
	let folder: string;
	let manager: Awaited<ReturnType<typeof startAlertmanager>>;
	const labels = {
		alertname: "HighErrorRate",
		service: "checkout",
		severity: "page",
		environment: "staging",
	};
	const startsAt = new Date(Date.now() - 60_000).toISOString();
	const send = async (alerts: readonly Record<string, unknown>[]) => {
		const sent = await fetch(`${manager.url}/api/v2/alerts`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(alerts),
		});
		expect(sent.status).toBe(200);
	};

	beforeAll(async () => {
		intake = await startAlertIntake(TOKEN);
		folder = await mkdtemp(join(tmpdir(), "alertmanager-"));
		const tokenFile = join(folder, "token");
		await writeFile(tokenFile, TOKEN, { mode: 0o600 });
		const config = await documentedConfig(intake.url, tokenFile);
		await writeFile(join(folder, "check.yml"), config);
		manager = await startAlertmanager(folder, config);
	}, 30_000);
	afterAll(async () => {
		await manager?.stop();
		await intake?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	it("accepts the documented receiver", () => {
		const tool = join(dirname(programPath("prometheus-alertmanager") ?? ""), "amtool");
		const checked = spawnSync(tool, ["check-config", join(folder, "check.yml")], { encoding: "utf8" });
		expect(checked.stdout + checked.stderr).toContain("SUCCESS");
	});

	it("posts what fires and what is resolved: one incident opens and ends", async () => {
		const annotations = { summary: "Errors are over 5 %" };
		await send([
			{ labels, annotations, startsAt, generatorURL: "http://prometheus:9090/graph" },
			{ labels: { ...labels, instance: "checkout-1" }, annotations, startsAt },
		]);
		await until(async () => (await intake.alerts()).length === 2, 15_000);
		expect(await intake.incidents()).toMatchObject([
			{
				target: "checkout",
				environment: "staging",
				severity: "critical",
				status: "open",
				title: "checkout: Errors are over 5 %",
			},
		]);
		expect((await intake.alerts()).map(({ startsAtMs }) => startsAtMs)).toEqual([
			Date.parse(startsAt),
			Date.parse(startsAt),
		]);

		const endsAt = new Date(Date.now() - 1000).toISOString();
		await send([{ labels, annotations, startsAt, endsAt }]);
		await until(
			async () => (await intake.alerts()).some((alert) => alert.resolvedAtMs !== undefined),
			15_000,
		);
		expect(await intake.incidents()).toMatchObject([{ status: "open" }]);

		await send([{ labels: { ...labels, instance: "checkout-1" }, annotations, startsAt, endsAt }]);
		await until(async () => (await intake.incidents())[0]?.status === "resolved", 15_000);
		expect((await intake.alerts()).map(({ resolvedAtMs }) => resolvedAtMs)).toEqual([
			Date.parse(endsAt),
			Date.parse(endsAt),
		]);
		expect(await intake.incidents()).toHaveLength(1);
		expect(manager.log()).not.toMatch(/level=error/);
	}, 60_000);
});
