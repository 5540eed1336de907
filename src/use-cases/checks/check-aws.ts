import type { CheckFinding } from "../../domain/check-finding.ts";
import { toAppError } from "../../domain/errors.ts";
import { sentenceCase } from "../../domain/sentence-case.ts";
import type { AwsReader, AwsService } from "../../ports/aws-reader.ts";
import type { AwsWriter } from "../../ports/aws-writer.ts";
import type { SelfCheck } from "../../ports/self-check.ts";

export type CheckAwsDeps = {
	readonly reader: AwsReader;
	/** Undefined where the executor runs in another process: then its side is not looked at. */
	readonly writer: Pick<AwsWriter, "account"> | undefined;
	/** The names of the documents of Systems Manager that remediations of services need. */
	readonly documents: readonly string[];
};

/** Whether AWS can be read as configured: account, regions, documents, services; and whether the writer is of the same account. */
export function checkAws(deps: CheckAwsDeps): SelfCheck {
	return {
		area: "cloud",
		run: async () => {
			const account = await accountFinding(deps.reader);
			if (account.verdict === "fail") return [account];
			const { reader } = deps;
			const withServices = reader.regions.filter((region) =>
				reader.services.some((service) => service.region === region),
			);
			const rest = await Promise.all([
				writerFinding(deps),
				...reader.regions.map((region) => regionFinding(reader, region)),
				...withServices.map((region) => documentsFinding(deps, region)),
				...reader.services.map((service) => serviceFinding(reader, service)),
			]);
			return [account, ...rest];
		},
	};
}

type Outcome = Pick<CheckFinding, "verdict" | "text" | "remedy">;

/** Looks at one thing; what goes wrong is told in the words of the error. */
async function look(name: string, work: () => Promise<Outcome>): Promise<CheckFinding> {
	try {
		return { area: "cloud", name, ...(await work()) };
	} catch (error) {
		const [what = "", ...todo] = toAppError(error).message.replace(/\.$/, "").split("; ");
		const remedy = todo.join("; ");
		return {
			area: "cloud",
			name,
			verdict: "fail",
			text: `${what}.`,
			remedy: remedy === "" ? "Look at the log." : `${sentenceCase(remedy)}.`,
		};
	}
}

function accountFinding(reader: AwsReader): Promise<CheckFinding> {
	return look("AWS account", async () => ({
		verdict: "ok",
		text: `${await reader.account()}, in ${reader.regions.join(", ")}.`,
	}));
}

function writerFinding({ reader, writer }: CheckAwsDeps): Promise<CheckFinding> {
	return look("AWS writer", async () => {
		if (!writer) return { verdict: "off", text: "The executor runs in another process; ask doctor there." };
		const [mine, theirs] = await Promise.all([reader.account(), writer.account()]);
		if (mine === theirs) return { verdict: "ok", text: "Its credentials are of the same account." };
		return {
			verdict: "fail",
			text: `Its credentials are of the account ${theirs}, and the reader's of ${mine}.`,
			remedy: "Correct aws.writer_profile, and set aws.account so that no other is ever changed.",
		};
	});
}

function regionFinding(reader: AwsReader, region: string): Promise<CheckFinding> {
	return look(`AWS ${region}`, async () => {
		const tag = reader.requiredTag;
		const [instances, groups] = await Promise.all([
			reader.findInstances({ region, tag }),
			reader.listGroups(),
		]);
		const managed = groups.filter((group) => group.region === region && group.managed);
		if (instances.length + managed.length === 0)
			return {
				verdict: "warn",
				text: `Nothing here carries the tag ${tag.key}=${tag.value}, so nothing may be changed.`,
				remedy:
					"Tag what may be restarted, started, stopped or scaled, or take the region out of aws.regions.",
			};
		return {
			verdict: "ok",
			text: `${counted(instances.length, "instance")} and ${counted(managed.length, "group")} may be changed.`,
		};
	});
}

function documentsFinding({ reader, documents }: CheckAwsDeps, region: string): Promise<CheckFinding> {
	return look(`documents in ${region}`, async () => {
		const states = await Promise.all(documents.map((name) => documentState(reader, region, name)));
		const wrong = states.filter((state) => state !== undefined);
		if (wrong.length === 0)
			return { verdict: "ok", text: "All are there, with the content of this version." };
		return {
			verdict: "fail",
			text: `${wrong.join(", ")}.`,
			remedy: `Apply terraform/ in ${region}, or create them there from manifests/ssm.`,
		};
	});
}

/** What is wrong with a document, undefined where nothing is. */
async function documentState(reader: AwsReader, region: string, name: string): Promise<string | undefined> {
	try {
		const { ours } = await reader.readDocument(region, name);
		return ours ? undefined : `${name} has another content`;
	} catch (error) {
		if (toAppError(error).code !== "not_found") throw error;
		return `${name} is missing`;
	}
}

function serviceFinding(reader: AwsReader, service: AwsService): Promise<CheckFinding> {
	const { name, region, tag } = service;
	return look(`service ${name}`, async () => {
		const found = await reader.findInstances({ region, tag });
		const running = found.filter(({ state }) => state === "running").map(({ id }) => id);
		const reached = await reader.reachable(region, running);
		const managed = found.filter((instance) => instance.managed).length;
		const has = `${counted(found.length, "instance")} with ${tag.key}=${tag.value}`;
		if (found.length === 0)
			return {
				verdict: "fail",
				text: `No instance in ${region} carries ${tag.key}=${tag.value}.`,
				remedy: "Correct tag: of this service in the configuration, or tag its instances.",
			};
		if (managed < found.length)
			return {
				verdict: "warn",
				text: `${has}, of which ${managed} may be changed.`,
				remedy: `Tag all of them with ${reader.requiredTag.key}=${reader.requiredTag.value}.`,
			};
		if (reached.size < running.length)
			return {
				verdict: "warn",
				text: `${has}; Systems Manager reaches ${reached.size} of ${running.length} that run.`,
				remedy: "Check that their SSM agent runs, and that their instance profile lets it register.",
			};
		return { verdict: "ok", text: `${has}; Systems Manager reaches all that run.` };
	});
}

function counted(number: number, what: string): string {
	return `${number} ${what}${number === 1 ? "" : "s"}`;
}
