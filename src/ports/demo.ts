/** Makes the sample service go wrong for real, so that people can watch the loop. */
export type Demo = {
	/** The services that can be broken, with the faults each knows. */
	readonly targets: readonly { readonly name: string; readonly faults: readonly string[] }[];
	/** Says in a sentence what is wrong with it now. AppErrors: `not_found`, `invalid`, `unavailable`. */
	breakTarget(target: string, fault: string): Promise<string>;
	fixTarget(target: string): Promise<string>;
};
