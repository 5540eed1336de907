import { useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { isSignedOut } from "../api/api-error.ts";
import { PageHead } from "./page-head.tsx";

type Props = {
	readonly error: Error;
	readonly whole?: boolean;
	/** Where to go on from a page that may not be there at all. */
	readonly back?: { readonly href: string; readonly label: string };
};

/** What stands in the place of a page that could not be read: why, and what to press. */
export function Trouble({ error, whole = false, back }: Props) {
	const queries = useQueryClient();
	if (isSignedOut(error)) return null;
	const content = (
		<div className="stack close start">
			<PageHead lead={error.message}>This page could not be read.</PageHead>
			<div className="row wrap">
				<button type="button" className="button" onClick={() => void queries.invalidateQueries()}>
					Try again
				</button>
				{back && (
					<Link href={back.href} className="button">
						{back.label}
					</Link>
				)}
			</div>
		</div>
	);
	return whole ? <main className="alone">{content}</main> : content;
}
