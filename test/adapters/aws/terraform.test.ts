import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OUR_DOCUMENTS } from "../../../src/adapters/aws/common/our-documents.ts";

const iam = readFileSync("terraform/iam.tf", "utf8");

/** The blocks of a kind with their bodies, at any depth: `statement { ... }`, `data "x" "y" { ... }`. */
function blocksOf(text: string, head: string): string[] {
	const found: string[] = [];
	for (const match of text.matchAll(new RegExp(`${head}\\s*\\{`, "g"))) {
		let depth = 0;
		let end = match.index + match[0].length - 1;
		do {
			if (text[end] === "{") depth += 1;
			if (text[end] === "}") depth -= 1;
			end += 1;
		} while (depth > 0 && end < text.length);
		found.push(text.slice(match.index + match[0].length, end - 1));
	}
	return found;
}

type Statement = {
	readonly sid: string;
	readonly actions: string[];
	readonly resources: string;
	readonly text: string;
};

function statementsOf(role: string): Statement[] {
	const [policy = ""] = blocksOf(iam, `data "aws_iam_policy_document" "${role}"`);
	return blocksOf(policy, "statement").map((text) => ({
		sid: /sid\s*=\s*"(\w+)"/.exec(text)?.[1] ?? "",
		actions: [...(/actions\s*=\s*\[([^\]]*)\]/.exec(text)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(
			([, action = ""]) => action,
		),
		resources: /resources\s*=\s*(.+)/.exec(text)?.[1] ?? "",
		text,
	}));
}

/** The actions that the code under a folder names when it calls AWS. */
function calledIn(folder: string): Set<string> {
	const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
		name.endsWith(".ts"),
	);
	const text = files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
	const actions = text.matchAll(/"((?:ec2|autoscaling|ssm|iam):(?!ResourceTag)[A-Z]\w+)"/g);
	return new Set([...actions].map(([, action = ""]) => action));
}

const READS = /:(?:Describe|Get|List)\w+$/;
const CHANGES_BY_TAG = /^(?:ec2:(?:Reboot|Start|Stop)Instances|autoscaling:SetDesiredCapacity)$/;

describe.each(["reader", "writer"])("the policy of the %s", (role) => {
	const statements = statementsOf(role);

	it("allows what the code calls, and nothing else", () => {
		const allowed = new Set(statements.flatMap(({ actions }) => actions));
		expect(allowed.size).toBeGreaterThan(4);
		expect([...allowed].toSorted()).toEqual([...calledIn(`src/adapters/aws/${role}`)].toSorted());
	});

	it("names every action in full", () => {
		for (const { sid, actions } of statements) {
			expect(sid).not.toBe("");
			expect(actions.length).toBeGreaterThan(0);
			for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:[A-Z][A-Za-z]+$/);
		}
	});

	it("gives every resource only to what reads", () => {
		const everywhere = statements.filter(({ resources }) => resources.includes('"*"'));
		expect(everywhere.length).toBeGreaterThan(0);
		for (const { actions } of everywhere) for (const action of actions) expect(action).toMatch(READS);
	});

	it("changes instances and groups only by the required tag", () => {
		for (const { actions, resources, text } of statements) {
			const changes = actions.some((action) => CHANGES_BY_TAG.test(action));
			const onInstances = /local\.(?:instances|groups)$/.test(resources.trim());
			expect(onInstances || !changes).toBe(true);
			if (!onInstances) continue;
			const [condition = ""] = blocksOf(text, "condition");
			expect(condition).toMatch(/test\s*=\s*"StringEquals"/);
			expect(condition).toMatch(/variable\s*=\s*"\w+:ResourceTag\/\$\{var\.required_tag\.key\}"/);
			expect(condition).toMatch(/values\s*=\s*\[var\.required_tag\.value\]/);
		}
	});
});

test("the reader changes nothing: the one command it may send is the report", () => {
	const changing = statementsOf("reader").filter(({ actions }) =>
		actions.some((action) => !READS.test(action)),
	);
	expect(changing.map(({ actions, resources }) => [actions, resources.trim()])).toEqual([
		[["ssm:SendCommand"], "local.reports"],
		[["ssm:SendCommand"], "local.instances"],
	]);
	expect(iam).toMatch(
		/reports = \[for region in var\.regions :\s*"arn:[^"]*document\/SmartCloudOps-CleanDiskReport"\]/,
	);
});

test("the documents are those of the product, from where the product reads them", () => {
	const text = readFileSync("terraform/documents.tf", "utf8");
	const listed = [...text.matchAll(/"(SmartCloudOps-\w+)"\s*=\s*"([\w-]+\.yaml)"/g)];
	expect(listed.map(([, name = ""]) => name).toSorted()).toEqual([...OUR_DOCUMENTS].toSorted());
	for (const [, , file = ""] of listed) expect(readdirSync("manifests/ssm")).toContain(file);
	expect(text).toContain("manifests/ssm");
});

test("the tag that is required by default is the one of the configuration", () => {
	const text = readFileSync("terraform/variables.tf", "utf8");
	expect(text).toContain('{ key = "smartcloudops", value = "managed" }');
});
