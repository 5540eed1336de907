import { useEffect } from "react";
import type { PageName } from "./pages.ts";

/** The tab says the page, and how many decisions wait. */
export function useDocumentTitle(page: PageName | undefined, waiting: number): void {
	useEffect(() => {
		document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${page ?? "Not found"} · SmartCloudOps AI`;
	}, [page, waiting]);
}
