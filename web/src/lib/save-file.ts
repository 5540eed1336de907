/** Lets the browser keep some content as a file, as a press on a link to it would. */
export function saveFile({ content, name }: { readonly content: Blob; readonly name: string }): void {
	const address = URL.createObjectURL(content);
	const link = document.createElement("a");
	link.href = address;
	link.download = name;
	link.click();
	URL.revokeObjectURL(address);
}
