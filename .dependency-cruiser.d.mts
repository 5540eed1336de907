export type MapEntry = {
	readonly folder: string;
	readonly files?: boolean;
	readonly apart?: readonly string[];
	readonly ours: readonly string[];
	readonly npm?: readonly string[];
	readonly core?: boolean;
	readonly instead: string;
};
export const MAP: readonly MapEntry[];
export function homeOf(entry: MapEntry): string;
declare const config: {
	readonly forbidden: never[];
	readonly options: { readonly tsPreCompilationDeps: boolean };
};
export default config;
