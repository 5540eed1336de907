import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { EnvironmentConfig } from "../src/config/environment-config.ts";
import { FileConfig } from "../src/config/file-config.ts";
import { readConfig } from "../src/config.ts";

/** Every key path of a JSON Schema, arrays and unions included: `watches.name`, `metrics.retention_hours`. */
function keysOf(schema: unknown, path = ""): string[] {
	if (schema === null || typeof schema !== "object") return [];
	const node = schema as Record<string, unknown>;
	const here = Object.entries((node.properties as object | undefined) ?? {}).flatMap(([key, child]) => {
		const name = path ? `${path}.${key}` : key;
		return [name, ...keysOf(child, name)];
	});
	return [...here, ...keysOf(node.items, path)];
}

function pathsOf(value: unknown, path = ""): string[] {
	if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, path));
	if (value === null || typeof value !== "object") return [];
	return Object.entries(value).flatMap(([key, member]) => {
		const name = path ? `${path}.${key}` : key;
		return [name, ...pathsOf(member, name)];
	});
}

describe("the example files", () => {
	it("smartcloudops.example.yaml is a valid configuration", () => {
		expect(() => readConfig({ CONFIG_FILE: "smartcloudops.example.yaml" })).not.toThrow();
	});

	it("smartcloudops.example.yaml shows every key of the schema", () => {
		const shown = new Set(pathsOf(parse(readFileSync("smartcloudops.example.yaml", "utf8"))));
		const known = keysOf(z.toJSONSchema(FileConfig, { io: "input", unrepresentable: "any" }));
		expect(known.length).toBeGreaterThan(40);
		expect(known.filter((key) => !shown.has(key))).toEqual([]);
	});

	it(".env.example names every environment variable, with its default", () => {
		const lines = readFileSync(".env.example", "utf8")
			.split("\n")
			.filter((line) => /^[A-Z]/.test(line));
		const shown = Object.fromEntries(lines.map((line) => line.split("=", 2) as [string, string]));
		const { file: _file, fileName: _fileName, ...defaults } = readConfig(shown);
		const values = new Map(Object.entries(defaults).map(([key, value]) => [key, String(value)]));
		const wrong = Object.entries(shown).filter(([key, value]) => value !== "" && values.get(key) !== value);
		expect(wrong).toEqual([]);
		expect(Object.keys(EnvironmentConfig.shape).toSorted()).toEqual(Object.keys(shown).toSorted());
	});
});
