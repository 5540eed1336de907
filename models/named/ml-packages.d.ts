/** What we use of the package, which has no types of its own. */
declare module "ml-isolation-forest" {
	export type IsolationNode = {
		readonly left?: IsolationNode;
		readonly right?: IsolationNode;
		readonly splitColumn?: number;
		readonly splitValue?: number;
		readonly trainingSet?: readonly unknown[];
	};
	export class IsolationForest {
		constructor(options: { readonly nEstimators: number });
		readonly forest: readonly IsolationNode[];
		train(rows: readonly (readonly number[])[]): void;
		predict(rows: readonly (readonly number[])[]): number[];
	}
}
