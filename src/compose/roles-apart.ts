import type { DatabaseRole } from "../adapters/postgres/roles/database-role.ts";
import type { FileConfig } from "../config/file-config.ts";

/** What this process runs on this machine: supervised commands belong to the executor, who may restart them. */
export function servicesHere(
	file: FileConfig,
	roles: readonly DatabaseRole[],
	embedded: boolean,
): FileConfig {
	const isExecutor = roles.includes("executor");
	return {
		...file,
		sample_workload: file.sample_workload && embedded && isExecutor,
		supervised: isExecutor ? file.supervised : [],
	};
}

/** What a process can't know because another has the role for it, one sentence each. Pure. */
export function unknownHere(file: FileConfig, roles: readonly DatabaseRole[]): readonly string[] {
	return [
		...(roles.includes("agent")
			? []
			: [
					"Another process has the role agent and scores the watches: what is known of them here is what it has shared, some seconds old.",
				]),
		...(roles.includes("executor") || file.supervised.length === 0
			? []
			: [
					"Another process has the role executor and runs the supervised commands: they can't be seen from here, nor a restart of them planned.",
				]),
	];
}

/** Secrets in the environment that no role of this process needs, as a sentence; undefined where there are none. Pure. */
export function unneededSecrets(leftOut: readonly string[] = []): string | undefined {
	if (leftOut.length === 0) return undefined;
	const [is, them] = leftOut.length === 1 ? ["is", "it"] : ["are", "them"];
	return `${leftOut.join(", ")} ${is} set but not needed by the roles of this process, and ${is} not used; take ${them} out of its environment.`;
}
