import { AppError } from "../../src/domain/errors.ts";
import type { CloudReader, ServiceInstance } from "../../src/ports/cloud-reader.ts";
import type { CloudWriter } from "../../src/ports/cloud-writer.ts";

/** One change of the world, in the cloud's own log: the judge of every test about effects. */
type Effect = {
	readonly what: "restart" | "size";
	readonly target: string;
	readonly executionId: string;
};

/** What goes wrong with the next calls: before the effect, or after it, when the reply is lost. */
type CloudTrouble = { readonly when: "before" | "after"; readonly error: unknown };

/** A cloud in memory that keeps the contract of the writer: conditional, and one effect for each execution id. */
export type FakeCloud = {
	readonly reader: CloudReader;
	readonly writer: CloudWriter;
	readonly effects: readonly Effect[];
	/** Another process runs there from now on, started by somebody else. */
	replace(target: string): void;
	/** `undefined`: the reader works again. */
	failReads(error: unknown): void;
	/** The trouble of the next calls of the writer, one each. */
	failWrites(...troubles: readonly CloudTrouble[]): void;
	/** Sets the size of a group, once for each execution id. Not part of the writer's port. */
	setSize(request: {
		readonly target: string;
		readonly executionId: string;
		readonly size: number;
	}): Promise<string>;
	sizeOf(target: string): number;
};

type Mutable = { -readonly [K in keyof ServiceInstance]: ServiceInstance[K] };

/** A cloud with the named services running in environment `local`. */
export function fakeCloud(names: readonly string[] = ["checkout"]): FakeCloud {
	const effects: Effect[] = [];
	const sizes = new Map<string, { size: number; doneBy: Set<string> }>();
	let nextPid = 100;
	let readError: unknown;
	let troubles: CloudTrouble[] = [];
	const start = (target: string): Mutable => ({
		target,
		environment: "local",
		state: "running",
		pid: ++nextPid,
		startedAtMs: nextPid * 1000,
		restarts: 0,
		metricsUrl: "http://127.0.0.1:9/metrics",
	});
	const services = new Map(names.map((name) => [name, start(name)]));
	const find = (target: string): Mutable => {
		const service = services.get(target);
		if (service) return service;
		throw new AppError(
			"not_found",
			`There is no service ${target}; there are: ${[...services.keys()].join(", ")}.`,
		);
	};
	const group = (target: string) => {
		const known = sizes.get(target) ?? { size: 4, doneBy: new Set<string>() };
		sizes.set(target, known);
		return known;
	};
	/** Fails as asked, before or after `change`. */
	const troubled = async <T>(change: () => T): Promise<T> => {
		const trouble = troubles.shift();
		if (trouble?.when === "before") throw trouble.error;
		const result = change();
		if (trouble) throw trouble.error;
		return result;
	};
	return {
		effects,
		reader: {
			local: {
				listServices: async () => {
					if (readError) throw readError;
					return [...services.values()].map((service) => ({ ...service }));
				},
				readService: async (target) => {
					if (readError) throw readError;
					return { ...find(target) };
				},
			},
			aws: undefined,
		},
		writer: {
			aws: undefined,
			local: {
				restartService: ({ target, executionId, expected }) =>
					troubled(() => {
						const service = find(target);
						const { lastExecutionId } = service;
						if (lastExecutionId !== executionId) {
							if (service.pid !== expected.pid || service.startedAtMs !== expected.startedAtMs)
								throw new AppError("conflict", `Another process of ${target} runs there now.`);
							const next = start(target);
							Object.assign(service, next, { restarts: service.restarts + 1, lastExecutionId: executionId });
							effects.push({ what: "restart", target, executionId });
						}
						return { pid: service.pid ?? 0, startedAtMs: service.startedAtMs ?? 0, tookMs: 1200 };
					}),
			},
		},
		replace: (target) => {
			Object.assign(find(target), start(target));
		},
		failReads: (error) => {
			readError = error;
		},
		failWrites: (...list) => {
			troubles = [...list];
		},
		setSize: ({ target, executionId, size }) =>
			troubled(() => {
				const known = group(target);
				if (!known.doneBy.has(executionId)) {
					known.doneBy.add(executionId);
					known.size = size;
					effects.push({ what: "size", target, executionId });
				}
				return `${target} has ${known.size} tasks`;
			}),
		sizeOf: (target) => group(target).size,
	};
}
