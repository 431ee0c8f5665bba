/** The name of the constraint that a statement violated; undefined for any other fault. */
export function violatedConstraint(fault: unknown): string | undefined {
  const { code, constraint_name: name } = (fault ?? {}) as Record<string, unknown>
  const isViolation = typeof code === 'string' && code.startsWith('23')
  return isViolation && typeof name === 'string' ? name : undefined
}
