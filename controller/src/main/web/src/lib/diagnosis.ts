/** A diagnosis as a text that a person keeps or sends on; the command line writes the same. Pure. */
import type { Diagnosis } from './api';

export function text(diagnosis: Diagnosis): string {
  const parts = diagnosis.parts.map(({ name, text: said, trouble }) => {
    const end = said === '' || said.endsWith('\n') ? '' : '\n';
    return `\n== ${name} ==\n${trouble ? `(${trouble})\n` : ''}${said}${end}`;
  });
  return `diagnosis of ${diagnosis.node}, ${diagnosis.takenAt ?? ''}\n${parts.join('')}`;
}
