import type { Filter } from "@aws-sdk/client-ec2";
import { AwsError } from "./aws-error.ts";
import type { Instance } from "./instances.ts";
import { matchesWildcard } from "./wildcard.ts";

type ValuesOf = (instance: Instance) => readonly string[];

const ATTRIBUTES: ReadonlyMap<string, ValuesOf> = new Map<string, ValuesOf>([
	["tag-key", (instance) => Object.keys(instance.tags)],
	["instance-state-name", (instance) => [instance.state]],
	["instance-id", (instance) => [instance.instanceId]],
	["instance-type", (instance) => [instance.instanceType]],
	["availability-zone", (instance) => [instance.availabilityZone]],
	["private-ip-address", (instance) => [instance.privateIpAddress]],
]);

/**
 * Keeps the instances that every filter admits; a filter admits what one of its values matches. Error: a filter that
 * is unknown here.
 */
export function filterInstances(instances: readonly Instance[], filters: readonly Filter[] = []): Instance[] {
	const all = filters.map(({ Name = "", Values = [] }) => ({ valuesOf: valuesNamed(Name), wanted: Values }));
	return instances.filter((instance) =>
		all.every(({ valuesOf, wanted }) =>
			valuesOf(instance).some((value) => wanted.some((pattern) => matchesWildcard(pattern, value))),
		),
	);
}

function valuesNamed(name: string): ValuesOf {
	if (name.startsWith("tag:")) {
		const key = name.slice(4);
		return ({ tags }) => (Object.hasOwn(tags, key) ? [tags[key] ?? ""] : []);
	}
	const valuesOf = ATTRIBUTES.get(name);
	if (!valuesOf) throw new AwsError("InvalidParameterValue", `The filter '${name}' is invalid`);
	return valuesOf;
}
