import { AppError } from "../../domain/errors.ts";
import type { LocalReader } from "../../ports/cloud-reader.ts";
import { nearestNames } from "./nearest-names.ts";
import type { SupervisedService } from "./supervise-service.ts";
import type { Supervisor } from "./supervisor.ts";

/** Reads the supervised commands of this machine. */
export function localCloudReader({ services }: Supervisor): LocalReader {
	return {
		listServices: async () =>
			[...services.values()]
				.map((service) => service.describe())
				.toSorted((left, right) => left.target.localeCompare(right.target)),
		readService: async (target) => findService(services, target).read(),
	};
}

/** The service of that name. Error: `not_found`, which names the nearest. */
export function findService(
	services: ReadonlyMap<string, SupervisedService>,
	target: string,
): SupervisedService {
	const service = services.get(target);
	if (service) return service;
	const nearest = nearestNames(target, [...services.keys()]);
	throw new AppError(
		"not_found",
		nearest.length === 0
			? `There is no service "${target.slice(0, 100)}"; none is supervised here.`
			: `There is no service "${target.slice(0, 100)}"; the nearest are: ${nearest.join(", ")}.`,
	);
}
