import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { remediations } from "../../src/remediations/registry.ts";

const cases = remediations.map((remediation) => [remediation.name, remediation] as const);

describe("the registry", () => {
	it("has each remediation once, and what is irreversible is high risk", () => {
		const names = remediations.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const gone = remediations.filter(({ reversal }) => reversal === "irreversible");
		expect(gone.map(({ name, risk }) => [name, risk])).toEqual([["clean-disk", "high"]]);
	});

	it("holds every remediation of its folder, and each has a page", () => {
		const parts = ["define-remediation.ts", "make-plan.ts", "registry.ts"];
		const files = readdirSync("src/remediations").filter(
			(file) => file.endsWith(".ts") && !parts.includes(file),
		);
		const names = remediations.map(({ name }) => name).toSorted();
		expect(files.map((file) => file.replace(/\.ts$/, "")).toSorted()).toEqual(names);
		expect(readdirSync("docs/remediations").toSorted()).toEqual(names.map((name) => `${name}.md`));
	});
});

describe.each(cases)("%s", (name, remediation) => {
	it("declares times, words and parameters that can be shown", () => {
		expect(remediation.usualSeconds).toBeLessThan(remediation.longestSeconds);
		expect(remediation.title).toMatch(/^[A-Z][a-z ]+$/);
		expect(remediation.description).toMatch(/\.$/);
		expect(z.toJSONSchema(remediation.parameters)).toMatchObject({
			type: "object",
			additionalProperties: false,
		});
	});

	it("has a page that lists exactly the declared actions of IAM, its risk and its parameters", () => {
		const page = readFileSync(`docs/remediations/${name}.md`, "utf8");
		expect(page).toMatch(new RegExp(`^# ${name}\n`));
		expect(page).toContain(`| risk | ${remediation.risk} |`);
		expect(page).toMatch(new RegExp(`\\| undoing \\| ${remediation.reversal.replaceAll("-", " ")}`));
		const { properties } = z.toJSONSchema(remediation.parameters);
		for (const parameter of Object.keys(properties ?? {})) expect(page).toContain(`\`${parameter}\``);
		const iam = page.slice(page.indexOf("\n## IAM\n"));
		const listed = (role: string) => {
			const line = iam.split("\n").find((text) => text.startsWith(`${role}: `)) ?? "";
			return [...line.matchAll(/`([a-z0-9-]+:[A-Z][A-Za-z]+)`/g)].map(([, action = ""]) => action).toSorted();
		};
		expect(listed("Reading")).toEqual([...remediation.iam.read].toSorted());
		expect(listed("Changing")).toEqual([...remediation.iam.write].toSorted());
	});
});
