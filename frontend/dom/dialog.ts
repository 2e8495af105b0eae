// Modal dialogs. The attribute `closedby` is newer than the oldest browsers supported.

/** Close a dialog when the reader clicks outside it, but not when a selection ends there. */
export function closeFromOutside(dialog: HTMLDialogElement): void {
  const isOutside = ({ target, clientX, clientY }: MouseEvent): boolean => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const isInside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    return target === dialog && !isInside; // the target of a click on the backdrop is the dialog
  };
  let began = false;
  dialog.addEventListener("pointerdown", (event) => {
    began = isOutside(event);
  });
  dialog.addEventListener("click", (event) => {
    if (began && isOutside(event)) dialog.close();
  });
}
