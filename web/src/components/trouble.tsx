import { useQueryClient } from "@tanstack/react-query";
import { isSignedOut } from "../api/api-error.ts";
import { PageHead } from "./page-head.tsx";

type Props = { readonly error: Error; readonly whole?: boolean };

/** What stands in the place of a page that could not be read: why, and what to press. */
export function Trouble({ error, whole = false }: Props) {
	const queries = useQueryClient();
	if (isSignedOut(error)) return null;
	const content = (
		<div className="stack close start">
			<PageHead lead={error.message}>This page could not be read.</PageHead>
			<button type="button" className="button" onClick={() => void queries.invalidateQueries()}>
				Try again
			</button>
		</div>
	);
	return whole ? <main className="alone">{content}</main> : content;
}
