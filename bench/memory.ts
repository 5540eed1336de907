/**
 * `npm run bench:memory [-- --minutes 10]`
 *
 * Starts the product twice on one folder, times the second start, lets it run, and adds up the proportional set size
 * of all its processes but the sample service. Linux only. Prints one JSON line last.
 */
import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { newDataDir, type Product, removeDataDir, startProduct } from "../test/support/product.ts";

const { values } = parseArgs({ options: { minutes: { type: "string", default: "10" } } });

type Process = {
	pid: number;
	parent: number;
	name: string;
	command: string;
	pssMb: number;
	cpuSeconds: number;
};

function processes(): Process[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => {
			try {
				const stat = readFileSync(`/proc/${name}/stat`, "utf8");
				const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
				const pss = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/smaps_rollup`, "utf8"))?.[1] ?? "0";
				return [
					{
						pid: Number(name),
						parent: Number(fields[1]),
						name: stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")")),
						command: readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " "),
						pssMb: Number(pss) / 1024,
						cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
					},
				];
			} catch {
				return [];
			}
		});
}

/** The product, the store's server with its backends, and whatever they started, but not the sample service. */
function ownProcesses(product: Product): Process[] {
	const all = processes();
	const roots = all.filter(
		(item) => item.pid === product.pid || item.command.includes(`${product.dataDir}/postgres`),
	);
	const own = new Set(roots.map((item) => item.pid));
	for (let grown = true; grown; ) {
		const more = all.filter(
			(item) => own.has(item.parent) && !own.has(item.pid) && !item.command.includes("sample-workload"),
		);
		for (const item of more) own.add(item.pid);
		grown = more.length > 0;
	}
	return all.filter((item) => own.has(item.pid));
}

const dataDir = newDataDir();
const first = await startProduct({ dataDir });
await first.stop();
const product = await startProduct({ dataDir });
try {
	const before = ownProcesses(product).reduce((sum, item) => sum + item.cpuSeconds, 0);
	await new Promise((next) => setTimeout(next, Number(values.minutes) * 60_000));
	const own = ownProcesses(product);
	const sum = (pick: (item: Process) => number) => own.reduce((total, item) => total + pick(item), 0);
	const result = {
		bench: "memory",
		firstReadyMs: Math.round(first.readyMs),
		secondReadyMs: Math.round(product.readyMs),
		minutes: Number(values.minutes),
		processes: own.length,
		pssMb: Math.round(sum((item) => item.pssMb)),
		productPssMb: Math.round(own.find((item) => item.pid === product.pid)?.pssMb ?? Number.NaN),
		cpuShare:
			Math.round(((sum((item) => item.cpuSeconds) - before) / (Number(values.minutes) * 60)) * 1000) / 1000,
	};
	process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
	await product.stop();
	removeDataDir(dataDir);
}
