/** Somebody of the demo co-op, as they sign in and as others see them. */
export interface Member {
  first: string;
  /** « Camille M. » */
  short: string;
  email: string;
}

const one = (first: string, last: string, email: string): Member => ({ first, short: `${first} ${last[0]}.`, email });

export const CAMILLE = one("Camille", "Morel", "camille.morel@exemple.fr");
export const KARIM = one("Karim", "Benali", "karim.benali@exemple.fr");
export const LEA = one("Léa", "Girard", "lea.girard@exemple.fr");
export const NOUR = one("Nour", "Lefèvre", "nour.lefevre@exemple.fr");
export const IDRIS = one("Idris", "Bakary", "idris.bakary@exemple.fr");
export const HUGO = one("Hugo", "Vidal", "hugo.vidal@exemple.fr");
export const JEANNE = one("Jeanne", "Favre", "jeanne.favre@exemple.fr");
export const SOLENE = one("Solène", "Roux", "solene.roux@exemple.fr");
export const MARGAUX = one("Margaux", "Petit", "margaux.petit@exemple.fr");
export const PAUL = one("Paul", "Arnaud", "paul.arnaud@alpar.example");
export const INES = one("Inès", "Dumont", "ines.dumont@exemple.fr");
export const THEO = one("Théo", "Marchand", "theo.marchand@exemple.fr");
export const ANNE = one("Anne", "Mercier", "mercier@exemple.fr");
export const BRUNO = one("Bruno", "Mercier", "mercier@exemple.fr");
