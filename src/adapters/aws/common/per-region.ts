import { AppError } from "../../../domain/errors.ts";

/**
 * One client for each region, made when it is first needed. AppError `invalid` for a region that is not configured:
 * a wrong region is refused here, before anything is sent.
 */
export function perRegion<Client>(
	regions: readonly string[],
	create: (region: string) => Client,
): (region: string) => Client {
	const clients = new Map<string, Client>();
	return (region) => {
		if (!regions.includes(region))
			throw new AppError(
				"invalid",
				`The region ${region.slice(0, 40)} is not one of aws.regions; name one of ${regions.join(", ")}.`,
			);
		const made = clients.get(region) ?? create(region);
		clients.set(region, made);
		return made;
	};
}
